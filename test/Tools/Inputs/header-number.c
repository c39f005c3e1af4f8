#include "number.h"

#include <stdio.h>

int main(void) {
  float result = 0;
  number_call(3, &result);
  printf("%g\n", result);
  return 0;
}
