// Rows may be written over what they are made of on GPUs too: by a warp, by a
// cluster, and by parts in several launches, of which the later ones must not
// look for the logit of the target where the gradient is.

// DEFINE: %{entry} = softmax
// DEFINE: %{output} = y
// DEFINE: %{over} = x
// DEFINE: %{sizes} = --dim=x.0=3 --dim=x.1=100
// DEFINE: %{run} = act-run %S/../CPU/rows-in-place.mlir --entry=%{entry} %{sizes}
// DEFINE: %{check} = %{run} --output=@%t.0.npy --output=@%t.1.npy && \
// DEFINE:   %{run} --device=simt --in-place=%{output}=%{over} --max-ulp=0 \
// DEFINE:     --expect=@%t.0.npy --expect=@%t.1.npy
// DEFINE: %{check-one} = %{run} --output=@%t.npy && \
// DEFINE:   %{run} --device=simt --in-place=%{output}=%{over} --max-ulp=0 \
// DEFINE:     --expect=@%t.npy

// RUN: %{check-one}

// Fewer rows than a block has: the threads of others read none of them, which are
// written meanwhile.
// REDEFINE: %{sizes} = --dim=x.0=3 --dim=x.1=3
// RUN: %{check-one}
// REDEFINE: %{sizes} = --dim=x.0=33 --dim=x.1=5
// RUN: %{check-one}
// REDEFINE: %{sizes} = --dim=x.0=5 --dim=x.1=33
// RUN: %{check-one}
// REDEFINE: %{sizes} = --dim=x.0=64 --dim=x.1=8
// RUN: %{check-one}

// REDEFINE: %{entry} = gradient
// REDEFINE: %{output} = dx
// REDEFINE: %{over} = dy
// REDEFINE: %{sizes} = --dim=x.0=2 --dim=x.1=20000 --dim=dy.0=2 --dim=dy.1=20000
// RUN: %{check-one}

// REDEFINE: %{entry} = loss
// REDEFINE: %{over} = x
// REDEFINE: %{sizes} = --dim=x.0=2 --dim=x.1=20000 --input=t=2xi64=[3,19999]
// RUN: %{check}
// REDEFINE: %{sizes} = --dim=x.0=1 --dim=x.1=140001 --input=t=1xi64=[140000]
// RUN: %{check}
// REDEFINE: %{entry} = loss_of_capped
// RUN: %{check}

// All threads read the logit of the target, which the one that has it overwrites
// as it adds up: those of a block, of a cluster, and of all blocks of the row.
// REDEFINE: %{entry} = from_lse
// REDEFINE: %{sizes} = --dim=*=2 --dim=x.1=3000 --input=t=2xi64=[3,2999]
// RUN: %{check-one}
// REDEFINE: %{sizes} = --dim=*=2 --dim=x.1=20000 --input=t=2xi64=[3,19999]
// RUN: %{check-one}
// REDEFINE: %{sizes} = --dim=*=2 --dim=x.1=140001 --input=t=2xi64=[3,140000]
// RUN: %{check-one}
