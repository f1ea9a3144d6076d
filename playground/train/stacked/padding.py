"""Spare networks at the end of a stack, so that no result depends on how many networks are trained together.

A function such as exp is computed for a register full of numbers at a time, and the few that are left over at the end
of a tensor go through other code, whose last digit may differ. Spare copies of the last network, whose results nobody
looks at, take that place.
"""

from collections.abc import Sequence

from playground.config import Config

FULL_REGISTERS = 32  # numbers: two registers of 512 bits, which torch fills at once
LEAST_BLOCK = 64  # samples of one network in a block of an evaluation, where there are as many


def padded(rows: Sequence[int], config: Config, smallest_split: int) -> list[int]:
    """The rows, with the last one repeated as often as spare networks are needed.

    Args:
        smallest_split: samples.
    """
    widths = [*config.hidden_sizes, *config.conv_channels]
    if not rows or len(rows) % FULL_REGISTERS == 0 or all(width % FULL_REGISTERS == 0 for width in widths):
        return list(rows)
    numbers = min(widths) * min(config.batch_size, smallest_split, LEAST_BLOCK)  # of one network in one signal
    return [*rows, *[rows[-1]] * -(-(FULL_REGISTERS - 1) // numbers)]
