"""Presets: named settings, each with one sentence of what to see."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.config import Config

# A lesson stays the same with other chances, a longer run, more runs or on another device.
FREE_FIELDS = ("seed", "num_epochs", "num_seeds", "device")


@dataclass(frozen=True, kw_only=True)
class Preset:
    """One named setting.

    Args:
        name: key, never renamed.
        label: what a person reads.
        sees: one sentence of what to look for.
        values: Config fields that differ from the defaults.
    """

    name: str
    label: str
    sees: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def config(self) -> Config:
        return Config.parse(self.values)


# Few digits, many of them named wrong, and a network large enough to learn all of that by heart.
_WRONG_LABELS = {
    "dataset": "digits",
    "batch_size": 32,
    "num_samples": 600,
    "label_noise": 0.3,
    "hidden_sizes": (256, 256),
    "activation": "relu",
    "learning_rate": 0.001,
    "num_epochs": 40,
}

_PRESETS = (
    Preset(
        name="spiral",
        label="Untangle a spiral",
        sees="Watch the border between the two colours curl into a spiral.",
    ),
    Preset(
        name="linear",
        label="A line is not enough",
        sees="Without hidden layers the border stays straight and accuracy near chance; add inputs x1² and x2².",
        values={"dataset": "circle", "hidden_sizes": (), "num_epochs": 30},
    ),
    Preset(
        name="case_study",
        label="CS231n case study",
        sees="One hidden layer of 100 ReLU units bends three straight borders around three arms.",
        values={"dataset": "spiral3", "hidden_sizes": (100,), "activation": "relu"},
    ),
    Preset(
        name="digits",
        label="Read digits",
        sees="Four in five digits are right after one pass over the data; see which ones the network confuses.",
        values={"dataset": "digits", "hidden_sizes": (64, 32), "batch_size": 32, "optimizer": "sgd"},
    ),
    Preset(
        name="bumps",
        label="Fit six bumps",
        sees="Regression: the map takes on three hills and three hollows, and the points close in on the diagonal.",
        values={"dataset": "gauss_regression", "hidden_sizes": (32, 32), "activation": "tanh"},
    ),
    Preset(
        name="vanishing",
        label="Gradients vanish",
        sees="Under Layers: behind six sigmoid layers the first one gets almost no gradient, so the loss stands still.",
        values={
            "hidden_sizes": (16,) * 6,
            "activation": "sigmoid",
            "initializer": "xavier_normal",
            "optimizer": "sgd",
            "num_epochs": 60,
        },
    ),
    Preset(
        name="dead_relu",
        label="ReLUs die",
        sees="Under Layers: at ten times its usual rate, Adam silences most of the second layer within a few epochs.",
        values={
            "dataset": "digits",
            "batch_size": 32,
            "hidden_sizes": (100, 100),
            "activation": "relu",
            "learning_rate": 0.1,
            "num_epochs": 10,
        },
    ),
    Preset(
        name="divergence",
        label="Too fast, and it diverges",
        sees="The loss shoots up within a few steps; lower the learning rate until it comes down instead.",
        values={"optimizer": "momentum", "learning_rate": 10.0, "activation": "relu"},
    ),
    Preset(
        name="symmetry",
        label="All units alike",
        sees="Started from equal weights, all units of a layer stay equal, so 16 units do no more than one.",
        values={"initializer": "constant", "optimizer": "sgd", "num_epochs": 60},
    ),
    Preset(
        name="overfitting",
        label="Learning noise by heart",
        sees="30% of the training labels are wrong: training accuracy climbs on while validation falls after a peak.",
        values=_WRONG_LABELS,
    ),
    Preset(
        name="settling",
        label="A rate that settles",
        sees="Wrong labels keep the accuracy jumping; with a cosine schedule, or averaging 0.99, it settles higher.",
        values={
            "dataset": "digits",
            "label_noise": 0.2,
            "hidden_sizes": (64, 64),
            "activation": "relu",
            "optimizer": "sgd",
            "batch_size": 8,
            "num_epochs": 8,
        },
    ),
    Preset(
        name="dropout",
        label="Dropout resists noise",
        sees="The same wrong labels as in “Learning noise by heart”; with dropout, validation accuracy stays up.",
        values={**_WRONG_LABELS, "dropout": 0.5},
    ),
    Preset(
        name="batch_norm",
        label="Normalization forgives",
        sees="Weights twenty times too small stop this deep network; switch normalization to none to see it stall.",
        values={
            "dataset": "digits",
            "batch_size": 32,
            "hidden_sizes": (50,) * 6,
            "activation": "relu",
            "initializer": "small_normal",
            "normalization": "batch",
            "learning_rate": 0.001,
        },
    ),
    Preset(
        name="sparse",
        label="L1 makes weights zero",
        sees="Under Layers: weights go blank where a pixel hardly matters; L1 sets more than half of the first to 0.",
        values={"dataset": "digits", "hidden_sizes": (32,), "batch_size": 32, "optimizer": "sgd", "l1": 0.005},
    ),
)

PRESETS = {preset.name: preset for preset in _PRESETS}


def _lesson(config: Config) -> dict[str, object]:
    """What makes the settings the lesson that they are."""
    return {name: value for name, value in config.changes().items() if name not in FREE_FIELDS}


_LESSONS = [(_lesson(preset.config), preset) for preset in _PRESETS]


def preset_of(config: Config) -> Preset | None:
    """The preset that these settings are, whatever the free fields say; None where they are none."""
    lesson = _lesson(config)
    return next((preset for known, preset in _LESSONS if known == lesson), None)
