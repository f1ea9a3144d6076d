"""Initializers: how the weights start. Biases start at 0 unless a row says otherwise."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playground.registry import Row, Table


@dataclass(frozen=True)
class Fan:
    """What an initializer knows of a layer.

    Args:
        fan_in: inputs of one unit, F^2 C for a convolution.
        fan_out: units that one input feeds.
        gain: of the chosen activation.
    """

    fan_in: int
    fan_out: int
    gain: float


@dataclass(frozen=True, kw_only=True)
class Initializer(Row):
    """One way to draw a weight matrix.

    Args:
        arguments: keyword arguments of the target for a layer, beyond the weight and the generator.
        draws: whether the target takes a generator.
        bias: whether the bias is drawn as well, uniform in +-1/sqrt(fan_in).
        variance: of one weight of a layer; None where all weights are equal or scaled to data.
        rescales: whether each layer is afterwards scaled to unit output variance on data.
        is_orthogonal: whether the weights depend on each other.
        is_zero: whether every weight starts at 0, so that init_scale does not count.
    """

    arguments: Callable[[Fan], Mapping[str, float]] = lambda fan: {}
    draws: bool = True
    bias: bool = False
    variance: Callable[[Fan], float] | None = None
    rescales: bool = False
    is_orthogonal: bool = False
    is_zero: bool = False


def _uniform(bound: float) -> dict[str, float]:
    return {"a": -bound, "b": bound}


INITIALIZERS = Table(
    "initializers",
    "Initializer",
    "How the weights are drawn before the first step. init_scale multiplies every weight.",
    (
        Initializer(
            name="zeros",
            label="Zeros",
            formula=r"W = 0",
            about="Every unit of a layer stays the same for ever: a symmetry problem, not a vanishing gradient.",
            source="CS231n notes, Neural networks part 2",
            target="torch.nn.init.zeros_",
            draws=False,
            is_zero=True,
        ),
        Initializer(
            name="constant",
            label="Constant (0.1)",
            formula=r"W = 0.1",
            about="As symmetric as zeros: all units of a layer compute and learn the same, but for rounding.",
            source="CS231n notes, Neural networks part 2",
            target="torch.nn.init.constant_",
            arguments=lambda fan: {"val": 0.1},
            draws=False,
        ),
        Initializer(
            name="small_normal",
            label="Small normal (0.01)",
            formula=r"W \sim N(0, 0.01^2)",
            about="Fine for shallow networks; in deep ones the signal shrinks to nothing.",
            source="CS231n lecture 6, Training neural networks I",
            target="torch.nn.init.normal_",
            arguments=lambda fan: {"std": 0.01},
            variance=lambda fan: 0.01**2,
        ),
        Initializer(
            name="large_normal",
            label="Large normal (1.0)",
            formula=r"W \sim N(0, 1)",
            about="Saturates tanh and sigmoid at once; makes ReLU activations explode with depth.",
            source="CS231n lecture 6, Training neural networks I",
            target="torch.nn.init.normal_",
            arguments=lambda fan: {"std": 1.0},
            variance=lambda fan: 1.0,
        ),
        Initializer(
            name="lecun_normal",
            label="LeCun normal",
            formula=r"W \sim N(0, 1/\text{fan}_{in})",
            about="Keeps the variance of a linear layer; what SELU needs.",
            source="LeCun et al., Efficient BackProp, 1998",
            target="torch.nn.init.normal_",
            arguments=lambda fan: {"std": 1 / math.sqrt(fan.fan_in)},
            variance=lambda fan: 1 / fan.fan_in,
        ),
        Initializer(
            name="xavier_normal",
            label="Xavier normal",
            formula=r"W \sim N\left(0, \frac{2}{\text{fan}_{in} + \text{fan}_{out}}\right)",
            about="Compromise between keeping the signal forward and the gradient backward; made for tanh.",
            source="Glorot and Bengio, Understanding the difficulty of training deep feedforward networks, 2010",
            target="torch.nn.init.xavier_normal_",
            variance=lambda fan: 2 / (fan.fan_in + fan.fan_out),
        ),
        Initializer(
            name="xavier_uniform",
            label="Xavier uniform",
            formula=r"W \sim U\left(\pm\sqrt{\frac{6}{\text{fan}_{in} + \text{fan}_{out}}}\right)",
            about="The same variance as Xavier normal, drawn uniformly.",
            source="Glorot and Bengio, Understanding the difficulty of training deep feedforward networks, 2010",
            target="torch.nn.init.xavier_uniform_",
            variance=lambda fan: 2 / (fan.fan_in + fan.fan_out),
        ),
        Initializer(
            name="xavier_lecture",
            label="Xavier, lecture form",
            formula=r"W \sim N(0, 1/\text{fan}_{in})",
            about="What the lecture calls Xavier; equal to the paper's only where fan_in = fan_out.",
            source="CS231n lecture 6, Training neural networks I",
            target="torch.nn.init.normal_",
            arguments=lambda fan: {"std": 1 / math.sqrt(fan.fan_in)},
            variance=lambda fan: 1 / fan.fan_in,
        ),
        Initializer(
            name="kaiming_normal",
            label="Kaiming normal",
            formula=r"W \sim N(0, \text{gain}^2/\text{fan}_{in})",
            about="He initialization: keeps the variance behind ReLU-like activations; the gain is the activation's.",
            source="He et al., Delving deep into rectifiers, 2015, arXiv:1502.01852",
            target="torch.nn.init.normal_",
            arguments=lambda fan: {"std": fan.gain / math.sqrt(fan.fan_in)},
            variance=lambda fan: fan.gain**2 / fan.fan_in,
        ),
        Initializer(
            name="kaiming_uniform",
            label="Kaiming uniform",
            formula=r"W \sim U(\pm\,\text{gain}\sqrt{3/\text{fan}_{in}})",
            about="The same variance as Kaiming normal, drawn uniformly.",
            source="He et al., Delving deep into rectifiers, 2015, arXiv:1502.01852",
            target="torch.nn.init.uniform_",
            arguments=lambda fan: _uniform(fan.gain * math.sqrt(3 / fan.fan_in)),
            variance=lambda fan: fan.gain**2 / fan.fan_in,
        ),
        Initializer(
            name="orthogonal",
            label="Orthogonal",
            formula=r"W^\top W = I \text{ or } W W^\top = I",
            about="A random rotation: every singular value is 1, so a linear layer stretches nothing.",
            source="Saxe et al., Exact solutions to the nonlinear dynamics of learning, 2013, arXiv:1312.6120",
            target="torch.nn.init.orthogonal_",
            variance=lambda fan: 1 / max(fan.fan_in, fan.fan_out),
            is_orthogonal=True,
        ),
        Initializer(
            name="lsuv",
            label="LSUV",
            formula=r"W \leftarrow W / \text{std}(Wx) \text{ layer by layer,}\allowbreak\text{ from orthogonal}",
            about="Orthogonal weights, then each layer is scaled until its outputs have unit variance on real data.",
            source="Mishkin and Matas, All you need is a good init, 2015, arXiv:1511.06422",
            target="torch.nn.init.orthogonal_",
            rescales=True,
            is_orthogonal=True,
        ),
        Initializer(
            name="torch_default",
            label="PyTorch default",
            formula=r"W, b \sim U(\pm 1/\sqrt{\text{fan}_{in}})",
            about="What nn.Linear does unasked: std 1/sqrt(3 fan_in), too small for deep ReLU networks.",
            source="PyTorch, torch.nn.Linear",
            target="torch.nn.init.uniform_",
            arguments=lambda fan: _uniform(1 / math.sqrt(fan.fan_in)),
            bias=True,
            variance=lambda fan: 1 / (3 * fan.fan_in),
        ),
    ),
)
