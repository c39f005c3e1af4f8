/* Calls what act-compile makes of ahead.mlir; C and C++. */
#include "step.h"

#include <stdio.h>

int main(void) {
  float x[2][4] = {{1, 2, 3, 4}, {0, 0, 0, 0}}, p[2][4], loss, sum[2];
  int64_t t[2] = {3, 1}, rows, sums;
  uint8_t mask[4] = {1, 1, 0, 1};
  const char *wrong;
  step_sizes(&x[0][0], 2, t, 2, mask, 0.5f, &rows, &sums);
  printf("sizes %d %d\n", (int)rows, (int)sums);
  wrong = step_call(&x[0][0], 2, t, 2, mask, 0.5f, &p[0][0], &loss, sum);
  if (wrong) {
    puts(wrong);
    return 1;
  }
  printf("p %.6f %.6f %.6f %.6f\n", p[0][0], p[0][1], p[0][2], p[0][3]);
  printf("loss %.6f sum %.3f %.3f\n", loss, sum[0], sum[1]);
  t[1] = 4;
  puts(step_call(&x[0][0], 2, t, 2, mask, 0.5f, &p[0][0], &loss, sum));
  puts(step_call(&x[0][0], 2, t, 1, mask, 0.5f, &p[0][0], &loss, sum));
  return 0;
}
