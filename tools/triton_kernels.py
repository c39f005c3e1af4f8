"""Kernels in Triton to compare with, as one writes them by hand: a program for
each row, which is read once, or for each tile."""

import torch
import triton
import triton.language as tl


@triton.jit
def softmax_kernel(x, y, columns, BLOCK: tl.constexpr):
    row = tl.program_id(0).to(tl.int64) * columns
    at = tl.arange(0, BLOCK)
    inside = at < columns
    values = tl.load(x + row + at, mask=inside, other=float("-inf"))
    values = values.to(tl.float32)
    values = tl.exp(values - tl.max(values, axis=0))
    values = values / tl.sum(values, axis=0)
    tl.store(y + row + at, values, mask=inside)


@triton.jit
def cross_entropy_kernel(x, target, loss, columns, BLOCK: tl.constexpr):
    number = tl.program_id(0)
    row = number.to(tl.int64) * columns
    at = tl.arange(0, BLOCK)
    values = tl.load(x + row + at, mask=at < columns, other=float("-inf"))
    values = values.to(tl.float32)
    largest = tl.max(values, axis=0)
    total = tl.sum(tl.exp(values - largest), axis=0)
    picked = tl.load(x + row + tl.load(target + number)).to(tl.float32)
    tl.store(loss + number, tl.log(total) + largest - picked)


@triton.jit
def silu_kernel(x, y, count, BLOCK: tl.constexpr):
    at = tl.program_id(0).to(tl.int64) * BLOCK + tl.arange(0, BLOCK)
    values = tl.load(x + at, mask=at < count).to(tl.float32)
    tl.store(y + at, values * tl.sigmoid(values), mask=at < count)


@triton.jit
def swiglu_kernel(g, u, y, count, BLOCK: tl.constexpr):
    at = tl.program_id(0).to(tl.int64) * BLOCK + tl.arange(0, BLOCK)
    gate = tl.load(g + at, mask=at < count).to(tl.float32)
    up = tl.load(u + at, mask=at < count).to(tl.float32)
    tl.store(y + at, gate * tl.sigmoid(gate) * up, mask=at < count)


def block_of(columns):
    """Elements and warps of a program that holds a row."""
    block = triton.next_power_of_2(columns)
    if block > 65536:
        raise ValueError(f"a row of {columns} is too long for one program")
    return block, min(max(block // 1024, 4), 32)


def softmax(x):
    y = torch.empty_like(x)
    block, warps = block_of(x.shape[1])
    softmax_kernel[(x.shape[0],)](x, y, x.shape[1], BLOCK=block,
                                  num_warps=warps)
    return y


def cross_entropy_rows(x, target):
    loss = torch.empty(x.shape[0], device=x.device, dtype=torch.float32)
    block, warps = block_of(x.shape[1])
    cross_entropy_kernel[(x.shape[0],)](x, target, loss, x.shape[1],
                                        BLOCK=block, num_warps=warps)
    return loss


def cross_entropy(x, target):
    return cross_entropy_rows(x, target).mean()


def silu(x):
    y = torch.empty_like(x)
    silu_kernel[(triton.cdiv(x.numel(), 2048),)](x, y, x.numel(), BLOCK=2048)
    return y


def swiglu(g, u):
    y = torch.empty_like(g)
    swiglu_kernel[(triton.cdiv(g.numel(), 2048),)](g, u, y, g.numel(),
                                                   BLOCK=2048)
    return y
