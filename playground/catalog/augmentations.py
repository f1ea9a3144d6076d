"""Augmentations: random changes to training images, drawn anew for each batch."""

from dataclasses import dataclass
from typing import Any

from playground.catalog.datasets import DATASETS
from playground.catalog.preprocessing import PREPROCESSING
from playground.registry import Row, Table


@dataclass(frozen=True, kw_only=True)
class Augmentation(Row):
    """One random change of an image.

    Args:
        warning: when it changes what the image means; "" when it does not.
        fills_with_mean: whether it takes parts away, and so asks for the training mean of each pixel, its argument
            `mean`; the others show blank paper where nothing was.
    """

    warning: str = ""
    fills_with_mean: bool = False


_NOTES = "CS231n lecture 7, Training neural networks II"

AUGMENTATIONS = Table(
    "augmentations",
    "Augmentation",
    "Random changes to training images that should not change the class. Only image data has them.",
    (
        Augmentation(
            name="flip",
            label="Horizontal flip",
            formula=r"x_{ij} \to x_{i,-j}",
            about="Mirrors half of the images.",
            source=_NOTES,
            target="playground.data.augment.flip",
            warning="A mirrored digit is mostly no digit: 2, 3, 4, 5, 6, 7 and 9 lose their shape.",
        ),
        Augmentation(
            name="crop",
            label="Random crop",
            formula=r"\text{zoom into a random window}",
            about="Cuts out a window of 80 to 100% of the width and enlarges it.",
            source=_NOTES,
            target="playground.data.augment.crop",
        ),
        Augmentation(
            name="shift",
            label="Translation",
            formula=r"x_{ij} \to x_{i+a, j+b}",
            about="Moves the image by up to one eighth of its width.",
            source=_NOTES,
            target="playground.data.augment.shift",
        ),
        Augmentation(
            name="scale",
            label="Scale",
            formula=r"p \to s\,p,\ s \in [0.85, 1.15]",
            about="Enlarges or shrinks by up to 15%.",
            source=_NOTES,
            target="playground.data.augment.scale",
        ),
        Augmentation(
            name="rotate",
            label="Rotation",
            formula=r"p \to R(\theta)\,p,\ |\theta| \le 15^\circ",
            about="Turns by up to 15 degrees.",
            source=_NOTES,
            target="playground.data.augment.rotate",
            warning="A 6 turned by 180 degrees is a 9; 15 degrees are safe.",
        ),
        Augmentation(
            name="stretch",
            label="Stretching",
            formula=r"p \to \text{diag}(s_1, s_2)\,p",
            about="Scales width and height separately by up to 15%.",
            source=_NOTES,
            target="playground.data.augment.stretch",
        ),
        Augmentation(
            name="shear",
            label="Shearing",
            formula=r"p_1 \to p_1 + a\,p_2,\ |a| \le 0.2",
            about="Slants the image by up to 0.2.",
            source=_NOTES,
            target="playground.data.augment.shear",
        ),
        Augmentation(
            name="lens",
            label="Lens distortion",
            formula=r"p \to p\,(1 + k \lVert p \rVert^2),\ |k| \le 0.15",
            about="Bends straight lines as a barrel or pincushion lens does.",
            source=_NOTES,
            target="playground.data.augment.lens",
        ),
        Augmentation(
            name="cutout",
            label="Cutout",
            formula=r"x_{ij} \to \bar{x}_{ij} \text{ inside a random square}",
            about="Fills a square of three eighths of the width with each pixel's training mean; centring makes it 0.",
            source="DeVries and Taylor, Improved regularization with cutout, 2017, arXiv:1708.04552",
            target="playground.data.augment.cutout",
            fills_with_mean=True,
        ),
    ),
)


def augmentation_remark(config: Any) -> str:
    """What becomes of changed images behind the chosen preprocessing that a person may not expect; "" for nothing."""
    row = PREPROCESSING[config.preprocessing]
    moves = [AUGMENTATIONS[name] for name in config.augmentation if not AUGMENTATIONS[name].fills_with_mean]
    if not (moves and row.divides_each and DATASETS[config.dataset].image_shape and config.augmentation_strength):
        return ""
    return (
        f"{moves[0].label} brings ink where training images have hardly any, and {row.label.lower()} divides by that "
        f"small spread: inputs of hundreds. {PREPROCESSING['standardize_global'].label} or "
        f"{PREPROCESSING['center'].label.lower()} keeps them small."
    )
