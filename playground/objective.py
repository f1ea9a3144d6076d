"""What training makes small, beside the loss that curves show."""

from dataclasses import dataclass

from playground.catalog import LOSSES, OPTIMIZERS
from playground.config import Config
from playground.rules import unused_fields

# Config field -> what it does to the loss of an update, which the loss of a whole split is without.
IN_TRAINING = {
    "label_smoothing": "smoothed labels",
    "class_weights": "classes weighed",
    "mixup_alpha": "mixed pairs of samples",
    "augmentation": "changed pictures",
    "dropout": "units switched off",
    "dropconnect": "weights switched off",
    "stochastic_depth": "blocks skipped",
    "norm_noise": "noise behind batch normalization",
}


@dataclass(frozen=True)
class Objective:
    """What a cost consists of: weighted loss of smoothed labels + l2 / 2 * sum W^2 + l1 * sum |W|, W without biases.

    Weight decay that an optimizer takes off the weights directly (AdamW) is no part of any cost: its pull does not
    pass through the optimizer's memory, so no sum of squares has it as its slope.

    Args:
        label_smoothing: share of the target spread over all classes.
        weighs_classes: whether a sample counts by the weight of its class.
        l2: strength of the decay that enters the gradient.
        l1: strength of L1.

    Source: CS231n notes, Linear classification, regularization; Loshchilov and Hutter, 2017, arXiv:1711.05101.
    """

    label_smoothing: float = 0.0
    weighs_classes: bool = False
    l2: float = 0.0
    l1: float = 0.0

    @classmethod
    def of(cls, config: Config) -> "Objective":
        return cls(
            label_smoothing=config.label_smoothing if LOSSES[config.loss].smooths_labels else 0.0,
            weighs_classes=config.class_weights and config.is_classification,
            l2=0.0 if OPTIMIZERS[config.optimizer].decouples_decay else config.weight_decay,
            l1=config.l1,
        )

    @property
    def is_more_than_the_loss(self) -> bool:
        return bool(self.label_smoothing or self.weighs_classes or self.l2 or self.l1)


def parts_in_training(config: Config) -> list[str]:
    """What makes the loss of an update another one than that of the training split."""
    idle = unused_fields(config)
    return [part for name, part in IN_TRAINING.items() if getattr(config, name) and name not in idle]
