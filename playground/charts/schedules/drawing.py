"""A schedule under construction as bytes for the canvas that draws it (playground/ui/schedules/canvas.js)."""

from playground.catalog.schedules import Points
from playground.charts import theme
from playground.charts.byte_message import byte_message

TOPS = (1.25, 2.5, 5.0, 10.0)  # heights of the axis; a point at the top opens the next
GRID = 0.01  # of the run: where points may stand, and how near to each other
FINENESS = 125  # steps of the factor from 0 to the top


def schedule_drawing_payload(points: Points, *, most: int, least: int) -> bytes:
    """A `byte_message` without arrays.

    Header: points, top (of the axis of the factor), grid, fineness, most and least (number of points), colour, alt.

    Args:
        most, least: number of points allowed.
    """
    highest = max(factor for _, factor in points)
    header = {
        "points": points,
        "top": next((top for top in TOPS if highest < top), TOPS[-1]),
        "grid": GRID,
        "fineness": FINENESS,
        "most": most,
        "least": least,
        "colour": theme.LEARNING_RATE,
        "alt": schedule_drawing_alt(points),
    }
    return byte_message(header, {})


def schedule_drawing_alt(points: Points) -> str:
    return f"Your schedule: factor on the learning rate over the run, straight lines through {len(points)} points."
