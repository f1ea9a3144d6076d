"""Augmentations: accuracy against their strength, target vectors of a batch, and what shifted tests give."""

import altair as alt
import numpy as np
import pandas as pd

from playground.catalog import AUGMENTATIONS
from playground.charts import theme
from playground.charts.pictures import pictures_payload
from playground.charts.series import Look, Series, series_chart, series_data
from playground.jobs.augmentation.gallery import STRENGTHS, BatchSnapshot, GallerySnapshot, ShiftedSnapshot

HEIGHT = 250
ACCURACY = "Read right by a network that has seen no changed digit"
KINDS = ("as they came", "moved by up to a pixel")


def captioned_pictures_payload(images: np.ndarray, captions: list[str], *, alt: str) -> bytes:
    """Pictures (M, height, width) of ink in [0, 1] with a caption each."""
    grey = np.rint(255 * np.clip(images, 0, 1)).astype(np.uint8)
    return pictures_payload(grey, captions, captions, [False] * len(grey), mode="grey", alt=alt)


def strength_data(seen: GallerySnapshot) -> pd.DataFrame:
    """Columns as in `series_data`: accuracy on the changed test split at each strength so far."""
    return series_data([Series(ACCURACY, STRENGTHS[: len(seen.accuracies)], seen.accuracies)])


def strength_chart() -> alt.LayerChart:
    """Accuracy against the strength; reads `strengths`."""
    return series_chart(
        name="strengths",
        looks=(Look(ACCURACY, theme.ACTIVATIONS, has_points=True),),
        x_title="Strength (times the usual range)",
        y_title="Test digits read right (%)",
        x_domain=(0.0, STRENGTHS[-1]),
        y_domain=(0.0, 1.0),
        number=".0%",
        height=HEIGHT,
    )


def strength_alt() -> str:
    return "Share of changed test digits that a network trained on unchanged ones reads right, against the strength."


def target_data(seen: BatchSnapshot) -> pd.DataFrame:
    """Columns image ("1"), digit, target; a row for each class of each image."""
    if seen.targets is None:
        return pd.DataFrame({"image": [], "digit": [], "target": []})
    image, digit = np.indices(seen.targets.shape)
    return pd.DataFrame({"image": image.ravel() + 1, "digit": digit.ravel(), "target": seen.targets.ravel()})


def target_chart() -> alt.LayerChart:
    """A row an image, a column a class, the deeper the more of the target; reads `targets`."""
    base = alt.Chart(alt.NamedData("targets"))
    x = alt.X("digit:O", title="Class", axis=alt.Axis(labelAngle=0))
    y = alt.Y("image:O", title="Image")
    scale = alt.Scale(domain=[0, 1], range=[theme.PANEL_LOW, theme.PANEL_HIGH])
    cells = base.mark_rect(tooltip=None).encode(x, y, alt.Color("target:Q", scale=scale, legend=None))
    text = alt.condition(
        f"datum.target > {theme.PANEL_TEXT_SWITCH / 2}",
        alt.value(theme.PANEL_TEXT_ON_HIGH),
        alt.value(theme.PANEL_TEXT_ON_LOW),
    )
    texts = base.mark_text(tooltip=None).encode(x, y, alt.Text("target:Q", format=".2f"), color=text)
    return theme.styled(alt.layer(cells, texts, height=26 * 12 + theme.AXIS_HEIGHT))


def target_alt() -> str:
    return "Target vectors of a batch: a row for each image, a column for each class, the share in each cell."


def shifted_data(seen: ShiftedSnapshot) -> pd.DataFrame:
    """Columns trained (label), test (one of KINDS), accuracy."""
    rows = [
        (AUGMENTATIONS[run.name].label if run.name else "None", kind, value)
        for run in seen.runs
        for kind, value in zip(KINDS, (run.clean, run.shifted), strict=True)
    ]
    return pd.DataFrame(rows, columns=["trained", "test", "accuracy"])


def shifted_chart() -> alt.LayerChart:
    """Two bars for each training, with their numbers; reads `shifted`."""
    base = alt.Chart(alt.NamedData("shifted"))
    y = alt.Y("trained:N", sort=None, title="Trained with", axis=alt.Axis(labelOverlap=False))
    axis = alt.Axis(format=".0%")
    x = alt.X("accuracy:Q", title="Test digits read right (%)", scale=alt.Scale(domain=[0, 1]), axis=axis)
    offset = alt.YOffset("test:N", scale=alt.Scale(domain=KINDS))
    colour = alt.Color("test:N", scale=alt.Scale(domain=KINDS, range=[theme.ACTIVATIONS, theme.GRADIENTS]))
    bars = base.mark_bar(opacity=0.85).encode(
        x, y, colour, offset, tooltip=[alt.Tooltip("trained:N"), alt.Tooltip("test:N"), alt.Tooltip("accuracy:Q")]
    )
    texts = base.mark_text(align="right", dx=-5, color="white", fontWeight="bold", tooltip=None)
    layers = [bars, texts.encode(x, y, offset, alt.Text("accuracy:Q", format=".1%"))]
    return theme.styled(alt.layer(*layers, height=HEIGHT + theme.AXIS_HEIGHT))


def shifted_alt() -> str:
    return "Bars: share of test digits read right, as they came and moved by up to a pixel, for each training."
