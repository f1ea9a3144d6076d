"""Losses: what training makes small."""

from dataclasses import dataclass

from playground.registry import Row, Table


@dataclass(frozen=True, kw_only=True)
class Loss(Row):
    """One loss.

    Args:
        tasks: "classification", "regression" or both.
        unit: of the loss value.
        smooths_labels: whether label_smoothing counts.
    """

    tasks: frozenset[str]
    unit: str
    smooths_labels: bool = False


CLASSIFICATION = "classification"
REGRESSION = "regression"

LOSSES = Table(
    "losses",
    "Loss",
    "What the network is punished for, averaged over the samples. Training and validation loss are shown without "
    "penalties, label smoothing or class weights; the cost contains them.",
    (
        Loss(
            name="cross_entropy",
            label="Cross-entropy (softmax)",
            formula=r"-\ln \frac{e^{s_y}}{\sum_j e^{s_j}}",
            about="Minus the log probability of the true class; ln C at chance among C classes.",
            source="CS231n notes, Linear classification",
            target="playground.nn.losses.cross_entropy",
            tasks=frozenset({CLASSIFICATION}),
            unit="nats",
            smooths_labels=True,
        ),
        Loss(
            name="hinge",
            label="Hinge (multi-class SVM)",
            formula=r"\sum_{j \ne y} \max(0, s_j - s_y + 1)",
            about="Asks that the true class leads every other by a margin of 1; C - 1 when all scores are equal.",
            source="CS231n notes, Linear classification; Weston and Watkins, 1999",
            target="playground.nn.losses.hinge",
            tasks=frozenset({CLASSIFICATION}),
            unit="margin",
        ),
        Loss(
            name="mse",
            label="Mean squared error",
            formula=r"(\hat y - y)^2",
            about="Squared distance to the target; for classes, to a one-hot vector, averaged over the classes.",
            source="CS231n notes, Neural networks part 2",
            target="playground.nn.losses.mse",
            tasks=frozenset({CLASSIFICATION, REGRESSION}),
            unit="squared error",
        ),
        Loss(
            name="huber",
            label="Huber",
            formula=r"\tfrac12 r^2 \text{ if } |r| \le 1 \text{ else } |r| - \tfrac12",
            about="Squared for small errors, linear for large ones, so that outliers pull less.",
            source="Huber, Robust estimation of a location parameter, 1964",
            target="playground.nn.losses.huber",
            tasks=frozenset({CLASSIFICATION, REGRESSION}),
            unit="Huber error",
        ),
    ),
)
