"""Data sets, and the inputs that can be made of a 2-D one."""

from dataclasses import dataclass

from playground.catalog.losses import CLASSIFICATION, REGRESSION
from playground.registry import Row, Table

PLANE = "plane"
TABLE = "table"
IMAGE = "image"


@dataclass(frozen=True, kw_only=True)
class Dataset(Row):
    """One data set.

    Args:
        task: "classification" or "regression".
        kind: "plane" (made, 2-D), "table" (real, D columns) or "image" (real, one channel).
        num_classes: 0 for regression.
        num_available: samples that exist; 0 for a made set.
        class_counts: how many of them each class has; () for a made set or regression.
        num_inputs: columns of a real set; 0 for a plane, whose inputs are chosen.
        extent: a plane's points lie in [-extent, extent]^2.
        image_shape: (height, width) of an image.
        unit: of a regression target.
    """

    task: str
    kind: str
    num_classes: int = 0
    num_available: int = 0
    class_counts: tuple[int, ...] = ()
    num_inputs: int = 0
    extent: float = 6.0
    image_shape: tuple[int, int] | None = None
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Feature(Row):
    """One input made of the coordinates of a plane."""


_TENSORFLOW_PLAYGROUND = "Smilkov et al., Direct-manipulation visualization of deep networks, 2017, arXiv:1708.03788"
_TABLE_DEFAULTS = {  # so few samples want a little weight decay
    "preprocessing": "standardize",
    "train_fraction": 0.7,
    "batch_size": 32,
    "num_epochs": 50,
    "weight_decay": 0.03,
}

DATASETS = Table(
    "datasets",
    "Data set",
    "What the network learns: made points in the plane, or real measurements that come with scikit-learn.",
    (
        Dataset(
            name="spiral",
            label="Spiral",
            formula=r"(r \sin\theta, r \cos\theta),\ r \in [0, 5],\ \theta = 1.75 \cdot 2\pi\, r / 5 + \pi y",
            about="Two arms wound around each other; needs a curved border.",
            source=_TENSORFLOW_PLAYGROUND,
            target="playground.data.planes.spiral",
            task=CLASSIFICATION,
            kind=PLANE,
            num_classes=2,
        ),
        Dataset(
            name="circle",
            label="Circle",
            formula=r"y = [\lVert x \rVert < 2.5],\ \lVert x \rVert \le 2.5 \text{ or } \in [3.5, 5]",
            about="A disc inside a ring; x1 squared and x2 squared make it linear.",
            source=_TENSORFLOW_PLAYGROUND,
            target="playground.data.planes.circle",
            task=CLASSIFICATION,
            kind=PLANE,
            num_classes=2,
        ),
        Dataset(
            name="xor",
            label="Exclusive or",
            formula=r"y = [x_1 x_2 \ge 0]",
            about="Opposite quadrants share a class; no straight line can part them.",
            source=_TENSORFLOW_PLAYGROUND,
            target="playground.data.planes.xor",
            task=CLASSIFICATION,
            kind=PLANE,
            num_classes=2,
        ),
        Dataset(
            name="gauss",
            label="Two Gaussians",
            formula=r"x \sim N(\pm(2, 2), I)",
            about="Two round clouds; a single line is enough.",
            source=_TENSORFLOW_PLAYGROUND,
            target="playground.data.planes.gauss",
            task=CLASSIFICATION,
            kind=PLANE,
            num_classes=2,
        ),
        Dataset(
            name="moons",
            label="Two moons",
            formula=r"(\cos\theta, \sin\theta) \text{ and } (1 - \cos\theta, \tfrac12 - \sin\theta)",
            about="Two interleaved half circles.",
            source="scikit-learn, make_moons",
            target="playground.data.planes.moons",
            task=CLASSIFICATION,
            kind=PLANE,
            num_classes=2,
            defaults={"noise": 0.3},
        ),
        Dataset(
            name="spiral3",
            label="Three-arm spiral",
            formula=r"(r \sin\theta, r \cos\theta),\ r \in [0, 1],\ \theta = 4 (r + y) + \epsilon",
            about="The case study of the CS231n notes: three arms, radius 0 to 1, noise on the angle in radians.",
            source="CS231n notes, Putting it together: minimal neural network case study",
            target="playground.data.planes.spiral3",
            task=CLASSIFICATION,
            kind=PLANE,
            num_classes=3,
            extent=1.2,
            defaults={"num_samples": 300, "noise": 0.2, "train_fraction": 0.7},
        ),
        Dataset(
            name="plane",
            label="Tilted plane",
            formula=r"y = (x_1 + x_2) / 12",
            about="Regression that a single linear unit solves.",
            source=_TENSORFLOW_PLAYGROUND,
            target="playground.data.planes.plane",
            task=REGRESSION,
            kind=PLANE,
        ),
        Dataset(
            name="gauss_regression",
            label="Six bumps",
            formula=r"y = \sum_k s_k e^{-\lVert x - c_k \rVert^2 / 2},\ s_k = \pm 1",
            about="Regression on three hills and three hollows.",
            source=_TENSORFLOW_PLAYGROUND,
            target="playground.data.planes.gauss_regression",
            task=REGRESSION,
            kind=PLANE,
        ),
        Dataset(
            name="digits",
            label="Digits (8 x 8)",
            formula=r"x \in [0, 1]^{64},\ y \in \{0, \dots, 9\}",
            about="1,797 scanned handwritten digits of 8 x 8 pixels.",
            source="Alpaydin and Kaynak, Optical recognition of handwritten digits, 1998; scikit-learn, load_digits",
            target="sklearn.datasets.load_digits",
            task=CLASSIFICATION,
            kind=IMAGE,
            num_classes=10,
            num_available=1797,
            class_counts=(178, 182, 177, 183, 181, 182, 181, 179, 174, 180),
            num_inputs=64,
            image_shape=(8, 8),
            defaults={
                "preprocessing": "center",
                "hidden_sizes": (64, 32),
                "batch_size": 64,
                "num_epochs": 30,
                "train_fraction": 0.75,
            },
        ),
        Dataset(
            name="iris",
            label="Iris",
            formula=r"x \in \mathbb{R}^4,\ y \in \{0, 1, 2\}",
            about="150 flowers of three species by the length and width of sepals and petals.",
            source="Fisher, The use of multiple measurements in taxonomic problems, 1936; scikit-learn, load_iris",
            target="sklearn.datasets.load_iris",
            task=CLASSIFICATION,
            kind=TABLE,
            num_classes=3,
            num_available=150,
            class_counts=(50, 50, 50),
            num_inputs=4,
            defaults=_TABLE_DEFAULTS,
        ),
        Dataset(
            name="wine",
            label="Wine",
            formula=r"x \in \mathbb{R}^{13},\ y \in \{0, 1, 2\}",
            about="178 wines of three growers by 13 chemical measurements on very different scales.",
            source="Aeberhard and Forina, Wine, 1992; scikit-learn, load_wine",
            target="sklearn.datasets.load_wine",
            task=CLASSIFICATION,
            kind=TABLE,
            num_classes=3,
            num_available=178,
            class_counts=(59, 71, 48),
            num_inputs=13,
            defaults=_TABLE_DEFAULTS,
        ),
        Dataset(
            name="breast_cancer",
            label="Breast cancer",
            formula=r"x \in \mathbb{R}^{30},\ y \in \{0, 1\}",
            about="569 tumours, malignant or benign, by 30 measurements of cell nuclei.",
            source="Wolberg et al., Breast cancer Wisconsin (diagnostic), 1993; scikit-learn, load_breast_cancer",
            target="sklearn.datasets.load_breast_cancer",
            task=CLASSIFICATION,
            kind=TABLE,
            num_classes=2,
            num_available=569,
            class_counts=(212, 357),
            num_inputs=30,
            defaults=_TABLE_DEFAULTS,
        ),
        Dataset(
            name="diabetes",
            label="Diabetes",
            formula=r"x \in \mathbb{R}^{10},\ y \in [25, 346]",
            about="442 patients; how far the disease has progressed after a year, from ten measurements.",
            source="Efron et al., Least angle regression, 2004; scikit-learn, load_diabetes",
            target="sklearn.datasets.load_diabetes",
            task=REGRESSION,
            kind=TABLE,
            num_available=442,
            num_inputs=10,
            unit="disease progression",
            defaults=_TABLE_DEFAULTS,
        ),
    ),
)


def _feature(name: str, label: str, formula: str, about: str, alias: str) -> Feature:
    return Feature(
        name=name,
        label=label,
        formula=formula,
        about=about,
        source=_TENSORFLOW_PLAYGROUND,
        target=f"playground.data.features.{name}",
        aliases=(alias,) if alias else (),
    )


FEATURES = Table(
    "features",
    "Input",
    "What the network sees of a point in the plane.",
    (
        _feature("x1", "x1", r"x_1", "The horizontal coordinate.", ""),
        _feature("x2", "x2", r"x_2", "The vertical coordinate.", ""),
        _feature("x1_squared", "x1²", r"x_1^2", "Makes a circle linear, with x2 squared.", "x1^2"),
        _feature("x2_squared", "x2²", r"x_2^2", "Makes a circle linear, with x1 squared.", "x2^2"),
        _feature("x1_x2", "x1 x2", r"x_1 x_2", "Makes exclusive or linear.", "x1x2"),
        _feature("sin_x1", "sin x1", r"\sin x_1", "Waves along the horizontal.", "sinx1"),
        _feature("sin_x2", "sin x2", r"\sin x_2", "Waves along the vertical.", "sinx2"),
    ),
)
