"""How each optimizer looks wherever it is drawn: a colour, a shape and a dash of its own."""

from playground.catalog import OPTIMIZERS
from playground.charts import theme

_PLACES = {name: place for place, name in enumerate(OPTIMIZERS)}


def optimizer_look(name: str) -> dict[str, object]:
    """Label, colour, shape and dash (pixels drawn, pixels left out, ...) of a row of OPTIMIZERS."""
    place = _PLACES[name]
    return {
        "label": OPTIMIZERS[name].label,
        "colour": theme.CLASS_COLOURS[place % len(theme.CLASS_COLOURS)],
        "shape": theme.CLASS_SHAPES[place % len(theme.CLASS_SHAPES)],
        "dash": theme.DASHES[place % len(theme.DASHES)],
    }
