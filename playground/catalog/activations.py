"""Activations: the nonlinearity behind every hidden layer."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from playground.registry import Row, Table

USUAL_SLOPE = 0.01  # of a leaky activation
FLAT = 0.05  # of the steepest slope: below it, a function counts as saturated


@dataclass(frozen=True, kw_only=True)
class Activation(Row):
    """One activation f of the pre-activation z.

    Args:
        arguments: keyword arguments of the target.
        gain: what Kaiming initialization multiplies 1/sqrt(fan_in) by: 1/sqrt(E[f(z)^2]) for z ~ N(0, 1), which keeps
            the variance; for sigmoid and tanh torch's 1 and 5/3, which do not.
        saturates_below, saturates_above: the slope stays under 5% of its largest value beyond these z; None: never.
        dies_below: the slope is exactly 0 below this z; None: the activation cannot die.
        pieces: linear pieces computed for each unit; the layer before it is that many times as wide.
        learned: keyword argument that starts a learned slope on the negative side; "" for none.
        sloped: keyword argument of a fixed one, which the Config chooses; "" for none.
        dropout: the dropout class that keeps this activation's statistics.
    """

    arguments: Mapping[str, object] = field(default_factory=dict)
    gain: float = 1.0
    saturates_below: float | None = None
    saturates_above: float | None = None
    dies_below: float | None = None
    pieces: int = 1
    learned: str = ""
    sloped: str = ""
    dropout: str = "torch.nn.Dropout"

    def with_slope(self, slope: float) -> "Activation":
        """The row with another slope on the negative side, and what follows from that; a row without one as it is.

        The gain is that of He et al., Delving deep into rectifiers, 2015, arXiv:1502.01852, section 2.2.
        """
        name = self.learned or self.sloped
        if not name:
            return self
        return replace(
            self,
            arguments={**self.arguments, name: slope},
            gain=math.sqrt(2 / (1 + slope**2)),
            saturates_below=0.0 if abs(slope) < FLAT * max(1.0, abs(slope)) else None,
            dies_below=0.0 if slope == 0 else None,
        )


ACTIVATIONS = Table(
    "activations",
    "Activation",
    "The function that each unit applies to its weighted sum. Without one, any depth is a single linear map.",
    (
        Activation(
            name="identity",
            label="Identity",
            formula=r"f(z) = z",
            about="No nonlinearity: however deep, the network stays linear.",
            source="CS231n notes, Neural networks part 1",
            target="torch.nn.Identity",
        ),
        Activation(
            name="sigmoid",
            label="Sigmoid",
            formula=r"f(z) = \frac{1}{1 + e^{-z}}",
            about="Squashes into (0, 1); its slope is at most 1/4, so gradients vanish through depth.",
            source="CS231n notes, Neural networks part 1",
            target="torch.nn.Sigmoid",
            saturates_below=-4.35654442060175,
            saturates_above=4.35654442060175,
        ),
        Activation(
            name="tanh",
            label="Tanh",
            formula=r"f(z) = \tanh z = 2\,\sigma(2z) - 1",
            about="Squashes into (-1, 1), centred on zero, but still saturates at both ends.",
            source="LeCun et al., Efficient BackProp, 1998",
            target="torch.nn.Tanh",
            gain=5 / 3,
            saturates_below=-2.178272210300875,
            saturates_above=2.178272210300875,
        ),
        Activation(
            name="relu",
            label="ReLU",
            formula=r"f(z) = \max(0, z)",
            about="Passes what is positive; cheap and hard to saturate, but a unit that never fires learns nothing.",
            source="Nair and Hinton, Rectified linear units improve restricted Boltzmann machines, 2010",
            target="torch.nn.ReLU",
            gain=math.sqrt(2),
            saturates_below=0.0,
            dies_below=0.0,
        ),
        Activation(
            name="leaky_relu",
            label="Leaky ReLU",
            formula=r"f(z) = \max(a\,z, z)",
            about=f"A small slope a on the negative side, {USUAL_SLOPE} unless chosen, so that no unit can die.",
            source="Maas et al., Rectifier nonlinearities improve neural network acoustic models, 2013",
            target="torch.nn.LeakyReLU",
            arguments={"negative_slope": USUAL_SLOPE},
            sloped="negative_slope",
            gain=math.sqrt(2 / (1 + USUAL_SLOPE**2)),
            saturates_below=0.0,
        ),
        Activation(
            name="prelu",
            label="PReLU",
            formula=r"f(z) = \max(0, z) + a \min(0, z)",
            about="Leaky ReLU whose slope a is learned, one per layer, starting at 0.25 and never decayed.",
            source="He et al., Delving deep into rectifiers, 2015, arXiv:1502.01852",
            target="torch.nn.PReLU",
            arguments={"num_parameters": 1, "init": 0.25},
            learned="init",
            gain=math.sqrt(2 / (1 + 0.25**2)),
        ),
        Activation(
            name="elu",
            label="ELU",
            formula=r"f(z) = z \text{ if } z \ge 0 \text{ else } e^{z} - 1",
            about="Smooth negative side that levels off at -1, so mean activations come nearer to zero.",
            source="Clevert et al., Fast and accurate deep network learning by exponential linear units, 2015, "
            "arXiv:1511.07289",
            target="torch.nn.ELU",
            arguments={"alpha": 1.0},
            gain=1.2451983007007064,
            saturates_below=-2.995732273553991,
        ),
        Activation(
            name="selu",
            label="SELU",
            formula=r"f(z) = \lambda z \text{ if } z \ge 0 \text{ else } \lambda\alpha(e^{z} - 1),"
            r"\ \lambda = 1.0507,\ \alpha = 1.6733",
            about="Scaled ELU that holds mean 0 and variance 1 through depth, given LeCun-normal weights.",
            source="Klambauer et al., Self-normalizing neural networks, 2017, arXiv:1706.02515",
            target="torch.nn.SELU",
            gain=1.0,
            saturates_below=-2.995732273553991,
            dropout="torch.nn.AlphaDropout",
        ),
        Activation(
            name="gelu",
            label="GELU",
            formula=r"f(z) = z\,\Phi(z)",
            about="Weighs z by the normal distribution function; the usual choice of transformers.",
            source="Hendrycks and Gimpel, Gaussian error linear units, 2016, arXiv:1606.08415",
            target="torch.nn.GELU",
            gain=1.5335304411955353,
            saturates_below=-2.278560693803818,
        ),
        Activation(
            name="silu",
            label="SiLU (swish)",
            formula=r"f(z) = z\,\sigma(z)",
            about="Weighs z by its own sigmoid; smooth, and dips below zero before it levels off.",
            source="Elfwing et al., Sigmoid-weighted linear units, 2017, arXiv:1702.03118",
            target="torch.nn.SiLU",
            gain=1.6765324703310909,
            saturates_below=-3.9298973160968544,
        ),
        Activation(
            name="softplus",
            label="Softplus",
            formula=r"f(z) = \ln(1 + e^{z})",
            about="A smooth ReLU whose slope is the sigmoid; its outputs are always positive.",
            source="Dugas et al., Incorporating second-order functional knowledge, 2001",
            target="torch.nn.Softplus",
            gain=1.0418668355355318,
            saturates_below=-2.9444389791664403,
        ),
        Activation(
            name="maxout",
            label="Maxout (2 pieces)",
            formula=r"f = \max(w_1^\top x + b_1,\ w_2^\top x + b_2)",
            about="The larger of two linear functions: never saturates or dies, at twice the parameters.",
            source="Goodfellow et al., Maxout networks, 2013, arXiv:1302.4389",
            target="playground.nn.layers.Maxout",
            arguments={"pieces": 2},
            pieces=2,
        ),
    ),
)


def activation_of(config: Any) -> Activation:
    """The row that a Config chooses, with its slope."""
    row = ACTIVATIONS[config.activation]
    return row.with_slope(config.negative_slope) if row.sloped else row
