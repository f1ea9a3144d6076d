"""A pretended GPU: its tensors hold numbers of the processor, but work together with no tensor of the processor.

So whatever leaves a tensor on the wrong device fails here too. Speed, rounding and random numbers of a GPU it cannot
show; `tests/train/test_gpu.py` does, where there is one.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

CPU = torch.device("cpu")
GPU = torch.device("meta")  # the only other one that every build of torch can take gradients on
# Copies from one device to the other, and rows chosen by numbers of the processor.
MAY_MIX = ("aten._to_copy", "aten.copy_", "aten.index.", "aten.index_put_.", "aten._index_put_impl_")


class Pretended(torch.Tensor):
    """A tensor that says it is elsewhere."""

    @staticmethod
    def __new__(cls, held: Tensor) -> "Pretended":
        layout = {"strides": held.stride(), "storage_offset": held.storage_offset(), "dtype": held.dtype}
        return torch.Tensor._make_wrapper_subclass(cls, held.shape, device=GPU, **layout)

    def __init__(self, held: Tensor):
        self.held = held

    def tolist(self) -> list:
        return self.held.tolist()

    def numpy(self, **kwargs: object) -> None:
        raise TypeError("can't convert a tensor of the pretended GPU to numpy; use Tensor.cpu() first.")

    @classmethod
    def __torch_dispatch__(cls, func: Callable, types: object, args: tuple = (), kwargs: Mapping | None = None):
        return _computed(func, args, kwargs or {})


def _computed(func: Callable, args: tuple, kwargs: Mapping) -> object:
    """What torch makes of the numbers, on the device where a GPU would have it."""
    tensors = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, Tensor)]
    ours = {id(tensor.held): tensor for tensor in tensors if isinstance(tensor, Pretended)}
    others = [tensor for tensor in tensors if not isinstance(tensor, Pretended) and tensor.dim()]
    if ours and others and not str(func).startswith(MAY_MIX):
        raise RuntimeError(f"{func} got tensors of the processor and of the GPU.")
    device = kwargs.get("device") or (GPU if ours else CPU)
    found = func(*tree_map(_held, args), **tree_map(_held, kwargs))

    known = {id(tensor): tensor for tensor in tensors} | ours  # an operation in place returns what it was given

    def placed(value: object) -> object:
        if id(value) in known:
            return known[id(value)]
        return Pretended(value) if isinstance(value, Tensor) and device == GPU else value

    return tree_map(placed, found)


def _held(value: object) -> object:
    if isinstance(value, Pretended):
        return value.held
    return CPU if isinstance(value, torch.device) else value


class _Dispatch(TorchDispatchMode):
    """Operations that only name the device."""

    def __torch_dispatch__(self, func: Callable, types: object, args: tuple = (), kwargs: Mapping | None = None):
        return _computed(func, args, kwargs or {})


class _Functions(TorchFunctionMode):
    """Functions that put Python's numbers on a device before an operation can be seen."""

    def __torch_function__(self, func: Callable, types: object, args: tuple = (), kwargs: Mapping | None = None):
        kwargs = dict(kwargs or {})
        if func is torch.tensor and kwargs.get("device") == GPU:
            return func(*args, **{**kwargs, "device": CPU}).to(GPU)
        if func is torch.Tensor.new_tensor and isinstance(args[0], Pretended):
            return torch.tensor(args[1], dtype=args[0].dtype).to(GPU)
        if func is torch.Tensor.__getitem__ and isinstance(args[0], Pretended):
            places = args[1] if isinstance(args[1], tuple) else (args[1],)
            args = (args[0], tuple(torch.tensor(place) if isinstance(place, list) else place for place in places))
        return func(*args, **kwargs)


@contextmanager
def pretended_gpu() -> Iterator[None]:
    """While open, tensors of the device GPU have numbers."""
    with _Dispatch(), _Functions():
        yield
