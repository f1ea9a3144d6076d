"""Small pictures as bytes for the canvas that draws them (playground/ui/picture_grid.js)."""

import numpy as np

from playground.charts import theme
from playground.charts.byte_message import byte_message
from playground.jobs.training.snapshot import Predictions

MAX_PICTURES = 64


def sample_pictures_payload(predictions: Predictions) -> bytes:
    """The sample pictures with true and predicted class; a wrong one has a cross, a frame and both classes as text."""
    if predictions.images is None:
        return pictures_payload(np.empty((0, 1, 1), dtype=np.uint8), [], [], [], mode="grey", alt=sample_pictures_alt())
    images = np.asarray(predictions.images)[:MAX_PICTURES]
    names = [str(name) for name in predictions.class_names]
    captions, tips, wrong = [], [], []
    for index in range(len(images)):
        true, predicted = names[predictions.image_true[index]], names[predictions.image_predicted[index]]
        is_wrong = true != predicted
        captions.append(f"\u2717 {true} \u2192 {predicted}" if is_wrong else predicted)
        confidence = float(predictions.image_confidence[index])
        sure = f"{confidence:.0%} sure" if np.isfinite(confidence) else "no probability"
        tips.append(f"true {true}, predicted {predicted} ({sure})")
        wrong.append(is_wrong)
    peak = max(int(images.max(initial=0)), 1)
    grey = (images.astype(np.uint16) * 255 // peak).astype(np.uint8)
    return pictures_payload(grey, captions, tips, wrong, mode="grey", alt=sample_pictures_alt())


def sample_pictures_alt() -> str:
    return "Sample pictures with the predicted class; a wrong one is framed and reads true class, then predicted class."


def weight_pictures_payload(predictions: Predictions) -> bytes:
    """The first-layer weights, one picture a unit, all on one scale: 128 is 0, 1 and 255 the largest size."""
    weights = predictions.first_weights
    weights = np.empty((0, 1, 1)) if weights is None else np.asarray(weights, dtype=float)[:MAX_PICTURES]
    limit = float(np.abs(weights[np.isfinite(weights)]).max(initial=0.0))
    scaled = np.where(np.isfinite(weights), weights, 0.0) / (limit or 1.0)
    codes = (128 + np.rint(scaled * 127)).astype(np.uint8)
    tips = [f"unit {index + 1}: weights between -{limit:.3g} and {limit:.3g}" for index in range(len(codes))]
    return pictures_payload(codes, [], tips, [], mode="diverging", alt=weight_pictures_alt(), limit=limit)


def weight_pictures_alt() -> str:
    return "Weights of the first layer, one picture for each unit: negative and positive in two colours, 0 as the page."


def pictures_payload(
    pictures: np.ndarray,
    captions: list[str],
    tips: list[str],
    wrong: list[bool],
    *,
    mode: str,
    alt: str,
    limit: float = 0.0,
) -> bytes:
    """A message for the canvas.

    Args:
        pictures: (P, height, width) bytes: grey from 0 to 255, or diverging with 128 for 0 and 255 for `limit`.
        captions, tips, wrong: one for each picture, or none.
    """
    number, height, width = pictures.shape
    header = {
        "mode": mode,
        "number": number,
        "height": height,
        "width": width,
        "captions": captions,
        "tips": tips,
        "wrong": wrong,
        "limit": limit,
        "negative": theme.NEGATIVE,
        "positive": theme.POSITIVE,
        "mark": theme.DEAD,
        "alt": alt,
    }
    return byte_message(header, {"pixels": pictures.ravel()})
