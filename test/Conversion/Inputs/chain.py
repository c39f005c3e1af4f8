"""A function that is a chain of so many activations."""

import sys

print("func.func @f(%v0: tensor<?xf32>) -> tensor<?xf32> {")
count = int(sys.argv[1])
for i in range(count):
    name = ["silu", "tanh", "gelu", "relu", "softplus"][i % 5]
    print(f"  %v{i + 1} = act.{name} %v{i} : tensor<?xf32>")
print(f"  return %v{count} : tensor<?xf32>\n}}")
