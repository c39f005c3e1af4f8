"""Stands in for PyTorch in the test of bench-gpu.py: tensors have shapes only, and
a clock goes forward by 40 ms with each function. torch.compile gives what takes
half of that, and fails for cross-entropy."""

import contextlib
import os

if os.environ.get("FAKE_TORCH_BROKEN"):
    raise OSError("libcudart.so.12: cannot open shared object file")

__version__ = "fake"
float32, bfloat16, float16, int64 = "f32", "bf16", "f16", "i64"


class Clock:
    now = 0.0
    step = 40.0


class Tensor:
    grad = None

    def __init__(self, shape, dtype):
        self.shape, self.dtype = shape, dtype

    def numel(self):
        count = 1
        for size in self.shape:
            count *= size
        return count

    def element_size(self):
        return {"f32": 4, "i64": 8}.get(self.dtype, 2)

    def work(self, *_, **__):
        Clock.now += Clock.step
        return self

    __mul__ = work

    def __getitem__(self, _):
        return self

    def chunk(self, count, _):
        return [self] * count

    def requires_grad_(self):
        return self

    def backward(self, gradient=None):
        Clock.now += Clock.step


def work(x, *others, **_):
    for tensor in (x, *others):
        assert not isinstance(tensor, Tensor) or tensor.shape
    return x.work()


def randn(*shape, device, dtype):
    assert device == "cuda:0", device
    return Tensor(shape, dtype)


def randint(_, end, shape, device):
    return Tensor(shape, "i64")


def ones(*shape, device):
    return Tensor(shape, "f32")


softmax = log_softmax = work


class cuda:
    @staticmethod
    def is_available():
        return not os.environ.get("FAKE_TORCH_NO_GPU")

    @staticmethod
    def _sleep(cycles):
        pass

    class Event:
        def __init__(self, enable_timing):
            assert enable_timing

        def record(self):
            self.time = Clock.now

        def synchronize(self):
            pass

        def elapsed_time(self, other):
            return other.time - self.time

    @staticmethod
    def get_device_properties(_):
        class Properties:
            L2_cache_size = 1 << 20
        return Properties


class nn:
    class functional:
        relu = silu = gelu = staticmethod(work)

        @staticmethod
        def cross_entropy(x, target, reduction="mean"):
            return work(x)


class ops:
    class aten:
        silu_backward = gelu_backward = staticmethod(work)
        _softmax_backward_data = staticmethod(work)


class _dynamo:
    @staticmethod
    def reset():
        pass


def compile(function, dynamic, mode):
    def compiled(*tensors):
        if function is nn.functional.cross_entropy:
            raise RuntimeError("no kernel\nand more lines")
        start = Clock.now
        result = function(*tensors)
        Clock.now = (start + Clock.now) / 2
        return result
    return compiled


no_grad = contextlib.nullcontext
