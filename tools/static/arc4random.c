/*===- arc4random.c - Random numbers on older systems ---------------*- C -*-===*\
|*                                                                            *|
|* Part of the Act project, under the Apache License v2.0 with LLVM           *|
|* Exceptions.                                                                *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* LLVM takes random numbers, for names of temporary files, from arc4random,  *|
|* which glibc has since 2.36. With this one its archives run on 2.35.        *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

uint32_t arc4random(void) {
  uint32_t number;
  if (getrandom(&number, sizeof(number), 0) != sizeof(number))
    abort(); // As glibc does; before Linux 3.17 there is none.
  return number;
}
