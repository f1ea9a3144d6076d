"""How each optimizer looks wherever it is drawn: a colour, a shape and a dash of its own."""

from playground.catalog import OPTIMIZERS
from playground.charts import theme

_PLACES = {name: place for place, name in enumerate(OPTIMIZERS)}
LABELS = [row.label for row in OPTIMIZERS.values()]
COLOURS = [theme.CLASS_COLOURS[place % len(theme.CLASS_COLOURS)] for place in _PLACES.values()]
SHAPES = [theme.CLASS_SHAPES[place % len(theme.CLASS_SHAPES)] for place in _PLACES.values()]
DASHES = [theme.DASHES[place % len(theme.DASHES)] for place in _PLACES.values()]


def optimizer_look(name: str) -> dict[str, object]:
    """Label, colour, shape and dash (pixels drawn, pixels left out, ...) of a row of OPTIMIZERS."""
    place = _PLACES[name]
    return {"label": LABELS[place], "colour": COLOURS[place], "shape": SHAPES[place], "dash": DASHES[place]}
