// Calls functions that are called as those of C are.

#include "main.h"
#include "my-fun.h"
#include "printf.h"

#include <stdio.h>

int main(void) {
  float x[1] = {1}, a[1], b[1], c[1];
  const char *wrong = main_call(x, 1, a);
  if (!wrong)
    wrong = printf_call(x, 1, b);
  if (!wrong)
    wrong = my_fun_call(x, 1, c);
  if (wrong)
    return puts(wrong), 1;
  return printf("%.1f %.1f %.1f\n", a[0], b[0], c[0]) < 0;
}
