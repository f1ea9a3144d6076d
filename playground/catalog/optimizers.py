"""Optimizers: how a gradient becomes a step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playground.registry import Row, Table


@dataclass(frozen=True, kw_only=True)
class Optimizer(Row):
    """One optimizer.

    Args:
        arguments: keyword arguments of the target for a Config, beyond learning rate and weight decay.
        uses: Config fields that the arguments read.
        decouples_decay: whether weight decay acts on the weights directly instead of through the gradient.
        has_fused: whether torch has a fused form.
        needs_momentum: whether momentum 0 is refused.
    """

    arguments: Callable[[Any], Mapping[str, object]] = lambda config: {}
    uses: frozenset[str] = frozenset()
    decouples_decay: bool = False
    has_fused: bool = True
    needs_momentum: bool = False


def _betas(config: Any) -> dict[str, object]:
    return {"betas": (config.momentum, config.beta2)}


OPTIMIZERS = Table(
    "optimizers",
    "Optimizer",
    "The rule that turns gradients into steps. Each row's learning rate default is a rate at which it works.",
    (
        Optimizer(
            name="sgd",
            label="SGD",
            formula=r"x \leftarrow x - \eta g",
            about="Plain minibatch gradient descent: one step against the gradient.",
            source="CS231n notes, Neural networks part 3",
            target="torch.optim.SGD",
            defaults={"learning_rate": 0.1},
        ),
        Optimizer(
            name="momentum",
            label="SGD with momentum",
            formula=r"v \leftarrow \rho v + g,\quad x \leftarrow x - \eta v",
            about="A running sum of gradients carries the step across ravines; 10 times the reach at rho = 0.9.",
            source="Polyak, Some methods of speeding up the convergence of iteration methods, 1964",
            target="torch.optim.SGD",
            arguments=lambda config: {"momentum": config.momentum},
            uses=frozenset({"momentum"}),
            defaults={"learning_rate": 0.03},
        ),
        Optimizer(
            name="nesterov",
            label="Nesterov momentum",
            formula=r"v \leftarrow \rho v + g,\quad x \leftarrow x - \eta (g + \rho v)",
            about="Momentum that looks ahead before it measures the gradient.",
            source="Nesterov, 1983; Sutskever et al., On the importance of initialization and momentum, 2013",
            target="torch.optim.SGD",
            arguments=lambda config: {"momentum": config.momentum, "nesterov": True},
            uses=frozenset({"momentum"}),
            needs_momentum=True,
            defaults={"learning_rate": 0.03},
        ),
        Optimizer(
            name="adagrad",
            label="AdaGrad",
            formula=r"s \leftarrow s + g^2,\quad x \leftarrow x - \eta \frac{g}{\sqrt{s} + \epsilon}",
            about="Divides by the root of the sum of all squared gradients, so its steps only ever shrink.",
            source="Duchi et al., Adaptive subgradient methods, 2011",
            target="torch.optim.Adagrad",
            defaults={"learning_rate": 0.1},
        ),
        Optimizer(
            name="rmsprop",
            label="RMSProp",
            formula=r"s \leftarrow \beta_2 s + (1 - \beta_2) g^2,\ x \leftarrow x - \eta \frac{g}{\sqrt{s} + \epsilon}",
            about="AdaGrad with a leaky sum, so that it does not stall; its first step is 10 learning rates.",
            source="Tieleman and Hinton, lecture 6.5 of Neural networks for machine learning, 2012",
            target="torch.optim.RMSprop",
            arguments=lambda config: {"alpha": config.beta2},
            uses=frozenset({"beta2"}),
            has_fused=False,
            defaults={"learning_rate": 0.003, "beta2": 0.99},
        ),
        Optimizer(
            name="adadelta",
            label="Adadelta",
            formula=r"x \leftarrow x - \eta \frac{\sqrt{u + \epsilon}}{\sqrt{s + \epsilon}}\, g",
            about="Scales each step by the size of past steps; meant for a learning rate of 1.",
            source="Zeiler, ADADELTA: an adaptive learning rate method, 2012, arXiv:1212.5701",
            target="torch.optim.Adadelta",
            arguments=lambda config: {"rho": config.beta2},
            uses=frozenset({"beta2"}),
            has_fused=False,
            defaults={"learning_rate": 1.0, "beta2": 0.9},
        ),
        Optimizer(
            name="adam",
            label="Adam",
            formula=r"m \leftarrow \beta_1 m + (1-\beta_1) g,\ s \leftarrow \beta_2 s + (1-\beta_2) g^2,\ "
            r"x \leftarrow x - \eta \frac{m/(1-\beta_1^t)}{\sqrt{s/(1-\beta_2^t)} + \epsilon}",
            about="Momentum and RMSProp with bias correction; the momentum field is its beta1.",
            source="Kingma and Ba, Adam, 2014, arXiv:1412.6980",
            target="torch.optim.Adam",
            arguments=_betas,
            uses=frozenset({"momentum", "beta2"}),
        ),
        Optimizer(
            name="adamw",
            label="AdamW",
            formula=r"\text{Adam, and}\ x \leftarrow x - \eta \lambda x",
            about="Adam whose weight decay shrinks the weights directly instead of entering the gradient.",
            source="Loshchilov and Hutter, Decoupled weight decay regularization, 2017, arXiv:1711.05101",
            target="torch.optim.AdamW",
            arguments=_betas,
            uses=frozenset({"momentum", "beta2"}),
            decouples_decay=True,
        ),
    ),
)
