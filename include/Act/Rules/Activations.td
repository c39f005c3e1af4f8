//===- Activations.td - Rules of the activations -----------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file gathers the rules of the elementwise activations and of the math
// functions.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONS_TD
#define ACT_RULES_ACTIVATIONS_TD

include "Act/Rules/ActivationsGelu.td"
include "Act/Rules/ActivationsHalf.td"
include "Act/Rules/ActivationsHard.td"
include "Act/Rules/ActivationsMish.td"
include "Act/Rules/ActivationsRectifier.td"
include "Act/Rules/ActivationsSigmoid.td"
include "Act/Rules/ActivationsSigmoidHalf.td"
include "Act/Rules/ActivationsSwish.td"
include "Act/Rules/Gates.td"
include "Act/Rules/ExpDifference.td"
include "Act/Rules/MathFunctions.td"
// After the rules, whose order is that of the documentation.
include "Act/Rules/ActivationsDevice.td"
include "Act/Rules/ActivationsFast.td"
include "Act/Rules/ActivationsFastHalf.td"

#endif // ACT_RULES_ACTIVATIONS_TD
