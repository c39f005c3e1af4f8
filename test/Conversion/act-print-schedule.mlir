// RUN: act-opt %s --act-to-gpu --act-print-schedule -o %t 2>&1 | FileCheck %s
// RUN: FileCheck %s --check-prefix=MODULE --input-file=%t
// RUN: act-opt %s --act-print-schedule -o /dev/null 2>&1 | FileCheck %s --check-prefix=NONE

// CHECK: act-print-schedule.mlir:[[@LINE+4]]:3: remark: f_softmax_registers: {{.*}}capacity = 128 : i64, {{.*}}family = "registers", threads_per_block = 128 : i64, threads_per_row = 16 : i64}
// MODULE: gpu.func @f_softmax_registers
// NONE: act-print-schedule.mlir:{{.*}}: warning: no kernel has a schedule; run act-to-gpu or act-gpu-pipeline before act-print-schedule
func.func @f(%x: memref<8x100xf32>, %y: memref<8x100xf32>) {
  act.softmax ins(%x : memref<8x100xf32>) outs(%y : memref<8x100xf32>)
  return
}
