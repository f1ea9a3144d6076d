"""How each activation looks wherever it is drawn: a colour and a dash of its own."""

from playground.catalog import ACTIVATIONS
from playground.charts import theme

_PLACES = {name: place for place, name in enumerate(ACTIVATIONS)}
COLUMNS = 3  # of a legend: as many as fit on a phone


def activation_colour(name: str) -> str:
    return theme.CLASS_COLOURS[_PLACES[name] % len(theme.CLASS_COLOURS)]


def activation_dash(name: str) -> tuple[int, ...]:
    """Pixels drawn, pixels left out, ...; rows of one colour differ in it."""
    place = _PLACES[name]
    return theme.DASHES[(place // len(theme.CLASS_COLOURS) + place) % len(theme.DASHES)]
