// Rows of f16, bf16 and f64, and rows with a temperature or a soft cap. The
// references are Inputs/rows.py.

// DEFINE: %{type} = f32
// DEFINE: %{rows} =
// DEFINE: %{lse} = f32
// DEFINE: %{more} =
// DEFINE: %{attributes} =
// DEFINE: %{bound} = --max-ulp=3
// DEFINE: %{check} = %python %S/Inputs/rows.py %t %{rows} --type=%{type} && \
// DEFINE:   sed 's/TYPE/%{type}/g;s/LSE/%{lse}/g;s/ATTRIBUTES/%{attributes}/' %s \
// DEFINE:     | act-run - --input=@%t/x.npy --expect=@%t/softmax.npy \
// DEFINE:     --expect=@%t/softmin.npy --expect=@%t/log_softmax.npy \
// DEFINE:     %{more} %{bound}

// One rounding to 16 bits, beside what f32 is off. The room for terms on the
// stack ends in the last row.

// REDEFINE: %{type} = bf16
// REDEFINE: %{bound} = --max-ulp=0.501
// REDEFINE: %{rows} = --shape=5x77
// RUN: %{check}
// REDEFINE: %{rows} = --shape=1x131111
// RUN: %{check}
// REDEFINE: %{type} = f16
// REDEFINE: %{bound} = --max-ulp=0.51
// REDEFINE: %{rows} = --shape=5x77
// RUN: %{check}

// The reference itself is good to two units in the last place.

// REDEFINE: %{more} = --expect=@%t/logsumexp.npy
// REDEFINE: %{type} = f64
// REDEFINE: %{lse} = f64
// REDEFINE: %{bound} = --max-ulp=5
// REDEFINE: %{rows} = --shape=5x77
// RUN: %{check}
// REDEFINE: %{rows} = --shape=3x700 --fill=margin:17
// RUN: %{check}

// A temperature keeps the bound, for terms far below the maximum too.

// REDEFINE: %{type} = f32
// REDEFINE: %{lse} = f32
// REDEFINE: %{bound} = --max-ulp=3
// REDEFINE: %{rows} = --shape=5x300 --temperature=0.7 --fill=normal:12
// REDEFINE: %{attributes} = temperature = 0.7
// RUN: %{check}
// REDEFINE: %{rows} = --shape=5x300 --temperature=11.3 --fill=normal:120
// REDEFINE: %{attributes} = temperature = 11.3
// RUN: %{check}
// REDEFINE: %{rows} = --shape=5x300 --temperature=4 --fill=normal:12
// REDEFINE: %{attributes} = temperature = 4.0
// RUN: %{check}

// A power of two only shifts the logits, of all types, also where it is the
// greatest or they are.

// REDEFINE: %{bound} = --max-ulp=4
// REDEFINE: %{rows} = --shape=3x700 --temperature=8 --fill=margin:400
// REDEFINE: %{attributes} = temperature = 8.0
// RUN: %{check}
// REDEFINE: %{rows} = --shape=3x700 --temperature=1.7014118346046923e+38 --fill=normal:5e37
// REDEFINE: %{attributes} = temperature = 1.7014118346046923e+38
// RUN: %{check}
// REDEFINE: %{rows} = --shape=3x700 --temperature=0.25 --fill=normal:12
// REDEFINE: %{attributes} = temperature = 0.25
// RUN: %{check}
// REDEFINE: %{type} = f64
// REDEFINE: %{lse} = f64
// REDEFINE: %{bound} = --max-ulp=5
// REDEFINE: %{rows} = --shape=3x700 --temperature=8 --fill=normal:90
// REDEFINE: %{attributes} = temperature = 8.0
// RUN: %{check}
// REDEFINE: %{type} = bf16
// REDEFINE: %{lse} = f32
// REDEFINE: %{more} =
// REDEFINE: %{bound} = --max-ulp=0.501
// RUN: %{check}
// REDEFINE: %{type} = f32
// REDEFINE: %{more} = --expect=@%t/logsumexp.npy

// A soft cap rounds the logits.

// REDEFINE: %{bound} = --rtol=1e-5 --atol=1e-6
// REDEFINE: %{rows} = --shape=5x300 --softcap=5 --fill=normal:8
// REDEFINE: %{attributes} = softcap = 5.0
// RUN: %{check}
// REDEFINE: %{rows} = --shape=5x300 --softcap=30 --temperature=0.5 --fill=normal:8
// REDEFINE: %{attributes} = softcap = 30.0, temperature = 0.5
// RUN: %{check}

func.func @rows(%x: tensor<?x?xTYPE>)
    -> (tensor<?x?xTYPE>, tensor<?x?xTYPE>, tensor<?x?xTYPE>, tensor<?xLSE>) {
  %0 = act.softmax %x {ATTRIBUTES} : tensor<?x?xTYPE>
  %1 = act.softmin %x {ATTRIBUTES} : tensor<?x?xTYPE>
  %2 = act.log_softmax %x {ATTRIBUTES} : tensor<?x?xTYPE>
  %3 = act.logsumexp %x {ATTRIBUTES} : tensor<?x?xTYPE> -> tensor<?xLSE>
  return %0, %1, %2, %3
    : tensor<?x?xTYPE>, tensor<?x?xTYPE>, tensor<?x?xTYPE>, tensor<?xLSE>
}
