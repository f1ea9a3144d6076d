"""Spare networks at the end of a stack, so that results do not depend on how many networks are trained together.

A function such as exp is computed for registers full of numbers at a time, and what is left over at the end of a tensor
goes through other code, whose last digit may differ. Spare copies of the last network, whose results nobody looks at,
take that place. What remains is the product of matrices: some libraries round it by where its numbers lie in memory.
Where widths, inputs and outputs are multiples of 4, or small, that makes no difference to the last bit either.
"""

from collections.abc import Sequence

from playground.config import Config

FULL_REGISTERS = 32  # numbers: two registers of 512 bits, which torch fills at once


def padded(rows: Sequence[int], config: Config, smallest_split: int) -> list[int]:
    """The rows, with the last one repeated as often as spare networks are needed.

    Args:
        smallest_split: samples.
    """
    widths = [*config.hidden_sizes, *config.conv_channels]
    if not rows or len(rows) % FULL_REGISTERS == 0 or all(width % FULL_REGISTERS == 0 for width in widths):
        return list(rows)
    numbers = min(widths, default=1) * min(config.batch_size, smallest_split)  # of one network in its smallest signal
    return [*rows, *[rows[-1]] * -(-(FULL_REGISTERS - 1) // numbers)]
