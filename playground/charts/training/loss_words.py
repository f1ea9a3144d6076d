"""What each line of the loss chart contains, in words."""

from playground.catalog import OPTIMIZERS
from playground.charts.training.curve_rows import MINIBATCH
from playground.config import Config
from playground.objective import Objective, parts_in_training
from playground.spec import listed, number_text

AS_TRAINED = f"{MINIBATCH}, as trained"


def batch_parts(config: Config) -> list[str]:
    """What makes the line of single batches another one than that of the training split."""
    return parts_in_training(config) + (["the weights of the step, not their average"] if config.ema_decay else [])


def batch_name(config: Config) -> str:
    """What the legend calls the line of single batches."""
    return AS_TRAINED if batch_parts(config) else MINIBATCH


def line_sentences(config: Config) -> list[str]:
    """What has to be known to compare the lines; nothing where they all show one loss."""
    sentences = []
    if parts := batch_parts(config):
        sentences.append(f"One batch: the loss of an update, with {listed(parts)}. Train, validation: the plain loss.")
    objective, optimizer = Objective.of(config), OPTIMIZERS[config.optimizer]
    changes = [
        *(["smoothed labels"] if objective.label_smoothing else []),
        *(["classes weighed"] if objective.weighs_classes else []),
    ]
    terms = [
        " ".join(["the training loss", *([f"with {listed(changes)}"] if changes else [])]),
        *([f"{number_text(objective.l2)}/2 × the sum of squared weights"] if objective.l2 else []),
        *([f"{number_text(objective.l1)} × the sum of their sizes"] if objective.l1 else []),
    ]
    if objective.is_more_than_the_loss:
        sentences.append(f"Cost, which training makes small: {' + '.join(terms)}.")
    if objective.l1 and optimizer.memory:
        sentences.append(
            f"L1 shrinks the weights after each step, past the memory of {optimizer.label}, so that the lowest cost is "
            "not exactly where this run ends."
        )
    if config.weight_decay and optimizer.decouples_decay:
        sentences.append(
            f"{optimizer.label} takes weight decay off the weights directly: it is no part of a loss, and no cost "
            "contains it."
        )
    return sentences
