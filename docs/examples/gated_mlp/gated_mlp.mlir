// The activation part of a LLaMA-style gated MLP, forward and backward, in the
// ordinary operations a model importer produces: silu and a multiply.
//
// Each entry becomes one kernel: one pass over memory, no temporaries.

func.func @forward(%gate: tensor<?x256xf32> {act.name = "gate"},
                   %up: tensor<?x256xf32> {act.name = "up"})
    -> (tensor<?x256xf32> {act.name = "y"}) {
  %a = act.silu %gate : tensor<?x256xf32>
  %y = arith.mulf %a, %up : tensor<?x256xf32>
  return %y : tensor<?x256xf32>
}

func.func @backward(%dy: tensor<?x256xf32> {act.name = "dy"},
                    %gate: tensor<?x256xf32> {act.name = "gate"},
                    %up: tensor<?x256xf32> {act.name = "up"})
    -> (tensor<?x256xf32> {act.name = "d_gate"},
        tensor<?x256xf32> {act.name = "d_up"}) {
  %a = act.silu %gate : tensor<?x256xf32>
  %d_up = arith.mulf %dy, %a : tensor<?x256xf32>
  %da = arith.mulf %dy, %up : tensor<?x256xf32>
  %d_gate = act.silu_backward %da, %gate : tensor<?x256xf32>
  return %d_gate, %d_up : tensor<?x256xf32>, tensor<?x256xf32>
}
