"""RandomStream: one run's own stretch of torch's global random numbers, on every device that it draws on."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor


class RandomStream:
    """Where a run is in its stream; modules such as dropout know no generator but the global one.

    On a GPU there are two: masks come from the GPU's generator, the choice of skipped blocks from the processor's.
    """

    def __init__(self, seed: int, device: torch.device):
        self._device = device
        kinds = ["cpu", device] if device.type == "cuda" else ["cpu"]
        self._states = [torch.Generator(kind).manual_seed(seed).get_state() for kind in kinds]

    @contextmanager
    def going_on(self, *, is_kept: bool) -> Iterator[None]:
        """While open, the global generators continue this stream; afterwards they are again where others left them.

        Args:
            is_kept: whether the stream has moved on afterwards.
        """
        others = self._global_states()
        self._set(self._states)
        try:
            yield
        finally:
            if is_kept:
                self._states = self._global_states()
            self._set(others)

    def _global_states(self) -> list[Tensor]:
        processor = torch.get_rng_state()
        return [processor, torch.cuda.get_rng_state(self._device)] if self._device.type == "cuda" else [processor]

    def _set(self, states: list[Tensor]) -> None:
        torch.set_rng_state(states[0])
        if self._device.type == "cuda":
            torch.cuda.set_rng_state(states[1], self._device)
