"""Normalizations, placed fully connected -> normalization -> activation."""

from dataclasses import dataclass

from playground.registry import Row, Table


@dataclass(frozen=True, kw_only=True)
class Normalization(Row):
    """One normalization.

    Args:
        mixes_samples: whether the statistics go over the batch, so that a batch of one is refused.
        splits_units, splits_channels: whether num_groups counts in fully connected layers, and in convolutions.
        replaces_bias: whether it subtracts each unit's mean, so that a bias before it has gradient 0.
    """

    mixes_samples: bool = False
    splits_units: bool = False
    splits_channels: bool = False
    replaces_bias: bool = False

    def num_parts(self, num_channels: int, num_groups: int) -> int:
        """Into how many parts of neighbouring channels an image falls, each with a mean of its own."""
        if self.splits_channels:
            return num_groups
        return num_channels if self.mixes_samples or self.splits_units else 1


NORMALIZATIONS = Table(
    "normalizations",
    "Normalization",
    "Subtracts a mean and divides by a standard deviation before each activation; they differ in what is averaged.",
    (
        Normalization(
            name="none",
            label="None",
            formula=r"y = x",
            about="The pre-activations go straight into the activation.",
            source="CS231n notes, Neural networks part 2",
        ),
        Normalization(
            name="batch",
            label="Batch",
            formula=r"y = \gamma \frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}} + \beta",
            about="Mean and variance of each unit over the batch; in every evaluation here, over the whole training "
            "split with the weights of the moment.",
            source="Ioffe and Szegedy, Batch normalization, 2015, arXiv:1502.03167",
            target="playground.nn.normalize.batch_norm",
            mixes_samples=True,
            replaces_bias=True,
        ),
        Normalization(
            name="layer",
            label="Layer",
            formula=r"y = \gamma \frac{x - \mu_n}{\sqrt{\sigma_n^2 + \epsilon}} + \beta",
            about="Mean and variance over all units of one sample; the batch size does not matter.",
            source="Ba et al., Layer normalization, 2016, arXiv:1607.06450",
            target="playground.nn.normalize.layer_norm",
        ),
        Normalization(
            name="instance",
            label="Instance",
            formula=r"y = \gamma_c \frac{x - \mu_{nc}}{\sqrt{\sigma_{nc}^2 + \epsilon}} + \beta_c",
            about="Mean and variance of each channel of one sample over its positions. A dense layer has no positions: "
            "there its units are split into num_groups channels.",
            source="Ulyanov et al., Instance normalization, 2016, arXiv:1607.08022",
            target="playground.nn.normalize.instance_norm",
            splits_units=True,
        ),
        Normalization(
            name="group",
            label="Group",
            formula=r"y = \gamma \frac{x - \mu_{ng}}{\sqrt{\sigma_{ng}^2 + \epsilon}} + \beta",
            about="Mean and variance over each of num_groups groups of units of one sample; one group is layer norm.",
            source="Wu and He, Group normalization, 2018, arXiv:1803.08494",
            target="playground.nn.normalize.group_norm",
            splits_units=True,
            splits_channels=True,
        ),
    ),
)
