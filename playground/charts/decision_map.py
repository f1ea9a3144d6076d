"""The decision map as bytes for the canvas that draws it (playground/ui/decision_map.js)."""

import numpy as np

from playground.charts import theme
from playground.charts.byte_message import byte_message
from playground.jobs.training.snapshot import DecisionMap

MAX_MAP_POINTS = 1500
FULL = 65534  # code of the highest value
UNKNOWN = 65535  # code of a value that is not finite
NO_ANSWER = "No finite answer anywhere"
CONFIDENCES = 4096  # codes of one class when there are more than two


def decision_map_payload(decision_map: DecisionMap) -> bytes:
    """A `byte_message` with everything that the canvas draws, colours included.

    Header: kind ("two", "many", "regression"), size R, extent, num_classes, limit (regression: the value at either end
    of the colours, from the targets, so that it does not move), colours, shapes, labels, alt, words (to be written over
    the map). Arrays: values (R * R, uint16 codes, row 0 at x2 = -extent), points (2 N, float32), targets (N, float32),
    splits (N, uint8).
    """
    points = np.asarray(decision_map.points, dtype=np.float32).reshape(-1, 2)
    targets = np.asarray(decision_map.targets, dtype=np.float32)
    splits = np.asarray(decision_map.splits, dtype=np.uint8)
    rows = np.flatnonzero(np.isfinite(points).all(axis=1) & np.isfinite(targets))
    rows = rows[theme.thinned(rows.size, MAX_MAP_POINTS)]
    points, targets, splits = points[rows], targets[rows], splits[rows]
    number = decision_map.num_classes
    limit = float(np.abs(targets).max()) if number == 0 and targets.size else 1.0
    header = {
        "kind": "regression" if number == 0 else "two" if number == 2 else "many",
        "size": len(decision_map.values),
        "extent": float(decision_map.extent),
        "num_classes": number,
        "limit": limit or 1.0,
        "full": FULL,
        "unknown": UNKNOWN,
        "confidences": CONFIDENCES,
        "colours": theme.CLASS_COLOURS[: max(number, 2)],
        "shapes": theme.CLASS_SHAPES[: max(number, 2)],
        "labels": [f"class {index}" for index in range(number)],
        "alt": decision_map_alt(num_classes=number),
        "words": "",
    }
    codes = _codes(np.asarray(decision_map.values, dtype=float), number, limit or 1.0)
    if (codes == UNKNOWN).all():
        header |= {"words": NO_ANSWER, "alt": f"{header['alt']} {NO_ANSWER}."}
    return byte_message(header, {"values": codes, "points": points.ravel(), "targets": targets, "splits": splits})


def decision_map_alt(*, num_classes: int) -> str:
    what = "predicted value" if num_classes == 0 else "predicted class"
    return f"Map of the network's {what} over x1 and x2; training points are filled, validation points are rings."


def _codes(values: np.ndarray, num_classes: int, limit: float) -> np.ndarray:
    known = np.isfinite(values)
    values = np.where(known, values, 0.0)
    if num_classes == 0:
        codes = np.rint(np.clip(values / limit + 1, 0, 2) / 2 * FULL)
    elif num_classes == 2:
        codes = np.rint(np.clip(values, 0, 1) * FULL)
    else:
        classes = np.clip(np.floor(values), 0, num_classes - 1)
        codes = classes * CONFIDENCES + np.floor(np.clip(values - classes, 0, 1) * (CONFIDENCES - 1))
    return np.where(known, codes, UNKNOWN).astype(np.uint16)
