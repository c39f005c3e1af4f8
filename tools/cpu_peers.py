"""The operations of bench-cpu.py in other libraries, on one core.

A peer makes functions without arguments that do one call. Cotangents are
arguments like all else: what is constant a compiler may compute once.
"""


class Torch:
    """PyTorch, eager or by torch.compile."""

    def __init__(self, compiled):
        import torch
        torch.set_num_threads(1)
        self.torch = torch
        self.version = "PyTorch " + torch.__version__
        self.compiled = compiled

    def tensors(self, rows, size, element, count):
        kind = {"f32": self.torch.float32, "bf16": self.torch.bfloat16}[element]
        return [self.torch.randn(rows, size).to(kind) for _ in range(count)]

    def functions(self):
        """name -> function, number of tensors"""
        torch, aten = self.torch, self.torch.ops.aten
        nn = torch.nn.functional
        return {
            "softmax": (lambda x: torch.softmax(x, 1), 1),
            "log_softmax": (lambda x: torch.log_softmax(x, 1), 1),
            "logsumexp": (lambda x: torch.logsumexp(x, 1), 1),
            "softmax_backward_y":
                (lambda y, dy: aten._softmax_backward_data(dy, y, 1, y.dtype),
                 2),
            "relu": (torch.relu, 1),
            "silu": (nn.silu, 1),
            "gelu": (nn.gelu, 1),
            "gelu_tanh": (lambda x: nn.gelu(x, approximate="tanh"), 1),
            "tanh": (torch.tanh, 1),
            "sigmoid": (torch.sigmoid, 1),
            "softplus": (nn.softplus, 1),
            "mish": (nn.mish, 1),
            "silu_backward": (lambda x, dy: aten.silu_backward(dy, x), 2),
            "gelu_backward": (lambda x, dy: aten.gelu_backward(dy, x), 2),
            "swiglu": (lambda g, u: nn.silu(g) * u, 2),
            "swiglu_backward":
                (lambda g, u, dy: (aten.silu_backward(dy * u, g),
                                   dy * nn.silu(g)), 3),
        }

    def make(self, op, rows, size, element):
        """A call; None if there is no such operation."""
        torch = self.torch
        if op == "cross_entropy_with_grad":
            return self.make_loss(rows, size, element)
        if op not in self.functions():
            return None
        function, count = self.functions()[op]
        arguments = self.tensors(rows, size, element, count)
        if op == "softmax_backward_y":
            arguments[0] = torch.softmax(arguments[0], 1)
        function = self.compile(function)

        def call():
            with torch.no_grad():
                function(*arguments)
        return call

    def make_loss(self, rows, size, element):
        x, = self.tensors(rows, size, element, 1)
        x.requires_grad_()
        target = self.torch.randint(0, size, (rows,))
        function = self.compile(self.torch.nn.functional.cross_entropy)

        def call():
            x.grad = None
            function(x, target).backward()
        return call

    def compile(self, function):
        if not self.compiled:
            return function
        self.torch._dynamo.reset()
        return self.torch.compile(function, dynamic=False, mode="max-autotune")


class Jax:
    def __init__(self):
        import jax
        self.jax = jax
        self.version = "JAX " + jax.__version__

    def functions(self):
        """name -> function, number of tensors"""
        jax, nn = self.jax, self.jax.nn

        def backward(function):
            return lambda *given: jax.vjp(function, *given[:-1])[1](given[-1])

        def gelu(x):
            return nn.gelu(x, approximate=False)

        def swiglu(g, u):
            return nn.silu(g) * u

        return {
            "softmax": (nn.softmax, 1),
            "log_softmax": (nn.log_softmax, 1),
            "logsumexp": (lambda x: nn.logsumexp(x, axis=1), 1),
            "softmax_backward_x": (backward(nn.softmax), 2),
            "relu": (nn.relu, 1),
            "silu": (nn.silu, 1),
            "gelu": (gelu, 1),
            "gelu_tanh": (nn.gelu, 1),
            "tanh": (jax.numpy.tanh, 1),
            "sigmoid": (nn.sigmoid, 1),
            "softplus": (nn.softplus, 1),
            "mish": (nn.mish, 1),
            "silu_backward": (backward(nn.silu), 2),
            "gelu_backward": (backward(gelu), 2),
            "swiglu": (swiglu, 2),
            "swiglu_backward": (backward(swiglu), 3),
        }

    def make(self, op, rows, size, element):
        """A call; None if there is no such operation."""
        jax, jnp = self.jax, self.jax.numpy
        keys = jax.random.split(jax.random.key(0), 4)
        kind = {"f32": jnp.float32, "bf16": jnp.bfloat16}[element]

        def tensors(count):
            return [jax.random.normal(key, (rows, size), dtype=kind)
                    for key in keys[:count]]

        def cross_entropy(x, target):
            log = jax.nn.log_softmax(x)
            picked = jnp.take_along_axis(log, target[:, None], axis=1)
            return -picked.mean()

        if op == "cross_entropy_with_grad":
            function = jax.value_and_grad(cross_entropy)
            arguments = tensors(1)
            arguments.append(jax.random.randint(keys[3], (rows,), 0, size))
        elif op in self.functions():
            function, count = self.functions()[op]
            arguments = tensors(count)
        else:
            return None
        function = jax.jit(function)
        return lambda: jax.block_until_ready(function(*arguments))


MAKERS = {"torch": lambda: Torch(False), "compile": lambda: Torch(True),
          "jax": Jax}
PACKAGES = {"torch": "torch", "compile": "torch", "jax": "jax"}
