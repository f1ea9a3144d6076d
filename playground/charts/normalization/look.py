"""How normalizations are told apart: one colour, dash and shape each, in every chart of the lesson."""

from collections.abc import Sequence

from playground.catalog import NORMALIZATIONS
from playground.charts import theme
from playground.charts.series import Look

_COLOURS = (theme.MINIBATCH, *theme.CLASS_COLOURS)


def normalization_looks(names: Sequence[str], *, has_points: bool = False) -> tuple[Look, ...]:
    """Looks of these rows, in their order."""
    order = list(NORMALIZATIONS)
    return tuple(
        Look(
            NORMALIZATIONS[name].label,
            _COLOURS[order.index(name)],
            number=order.index(name),
            has_points=has_points,
        )
        for name in names
    )
