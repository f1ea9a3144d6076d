"""Optimizers: how a gradient becomes a step."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.registry import Row, Table


@dataclass(frozen=True)
class Linear:
    """What is known of x(t+1) = x(t) + b (x(t) - x(t-1)) - lr (k0 g(t) + k1 g(t-1)) on a quadratic.

    Args:
        gains: momentum b -> (k0, k1).
        limit: momentum b -> learning rate times largest curvature from which on it diverges.
        optimum: condition number -> (learning rate times largest curvature, b, rate) of the fastest convergence.
        source: of the optimum.
    """

    gains: Callable[[float], tuple[float, float]]
    limit: Callable[[float], float]
    optimum: Callable[[float], tuple[float, float, float]]
    source: str


@dataclass(frozen=True, kw_only=True)
class Optimizer(Row):
    """One optimizer.

    Args:
        arguments: keyword arguments of the target for a Config, beyond learning rate and weight decay.
        uses: Config fields that the arguments read.
        decouples_decay: whether weight decay acts on the weights directly instead of through the gradient.
        has_fused: whether torch has a fused form.
        needs_momentum: whether momentum 0 is refused.
        memory: what it keeps of past gradients: symbol -> name in torch's state.
        corrected: symbol after bias correction -> (symbol in `memory`, Config field raised to the power t).
        rule: one update in lines (in symbols, with places for the numbers); see `playground.charts.paths.picture`.
        linear: where a step is linear in the gradients, what follows from that.
        slope_step: (t, slope, config) -> length of step t, in learning rates, where the gradient is constant.
    """

    arguments: Callable[[Any], Mapping[str, object]] = lambda config: {}
    uses: frozenset[str] = frozenset()
    decouples_decay: bool = False
    has_fused: bool = True
    needs_momentum: bool = False
    memory: Mapping[str, str] = field(default_factory=dict)
    corrected: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    rule: tuple[tuple[str, str], ...]
    linear: Linear | None = None
    slope_step: Callable[[int, float, Any], float] | None = None

    def momentum_of(self, config: Any) -> float:
        """Momentum that is in effect: 0 where the optimizer has none."""
        return config.momentum if "momentum" in self.uses else 0.0


def _betas(config: Any) -> dict[str, object]:
    return {"betas": (config.momentum, config.beta2), "eps": config.epsilon}


def _gathered(share: float, t: int) -> float:
    """1 + share + ... over t steps: how far momentum has built up under a constant gradient."""
    return (1 - share**t) / (1 - share)


def _scaled(slope: float, factor: float, config: Any) -> float:
    """A gradient divided by a factor of its own size and epsilon: 1 / factor unless epsilon shows."""
    return slope / (factor * slope + config.epsilon)


_VELOCITY = ("v ← ρ v + g", "{ρ} · {v-} + {g} = {v}")
_SQUARES = ("s ← β₂ s + (1 − β₂) g²", "{β₂} · {s-} + {1-β₂} · {g}² = {s}")
_QUOTIENT = ("x ← x − η g / (√s + ε)", "{x} − {η} · {g} / (√{s} + ε) = {x+}")
_ADAM_MEMORY = {"m": "exp_avg", "s": "exp_avg_sq"}
_ADAM_CORRECTED = {"m̂": ("m", "momentum"), "ŝ": ("s", "beta2")}
_ADAM_RULE = (
    ("m ← β₁ m + (1 − β₁) g", "{β₁} · {m-} + {1-β₁} · {g} = {m}"),
    _SQUARES,
    ("m̂ = m / (1 − β₁ᵗ)", "{m} / {1-β₁ᵗ} = {m̂}"),
    ("ŝ = s / (1 − β₂ᵗ)", "{s} / {1-β₂ᵗ} = {ŝ}"),
    ("x ← x − η m̂ / (√ŝ + ε)", "{x} − {η} · {m̂} / (√{ŝ} + ε) = {x+}"),
)


def _best_of_nesterov(kappa: float) -> tuple[float, float, float]:
    root = math.sqrt(3 * kappa + 1)
    return 4 * kappa / (3 * kappa + 1), (root - 2) / (root + 2), 1 - 2 / root


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
            rule=(("x ← x − η g", "{x} − {η} · {g} = {x+}"),),
            linear=Linear(
                gains=lambda b: (1.0, 0.0),
                limit=lambda b: 2.0,
                optimum=lambda kappa: (2 * kappa / (kappa + 1), 0.0, (kappa - 1) / (kappa + 1)),
                source="Polyak, Introduction to optimization, 1987",
            ),
            slope_step=lambda t, slope, config: slope,
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
            memory={"v": "momentum_buffer"},
            rule=(_VELOCITY, ("x ← x − η v", "{x} − {η} · {v} = {x+}")),
            linear=Linear(
                gains=lambda b: (1.0, 0.0),
                limit=lambda b: 2 + 2 * b,
                optimum=lambda kappa: (
                    4 * kappa / (math.sqrt(kappa) + 1) ** 2,
                    ((math.sqrt(kappa) - 1) / (math.sqrt(kappa) + 1)) ** 2,
                    (math.sqrt(kappa) - 1) / (math.sqrt(kappa) + 1),
                ),
                source="Polyak, Some methods of speeding up the convergence of iteration methods, 1964",
            ),
            slope_step=lambda t, slope, config: slope * _gathered(config.momentum, t),
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
            memory={"v": "momentum_buffer"},
            rule=(_VELOCITY, ("x ← x − η (g + ρ v)", "{x} − {η} · ({g} + {ρ} · {v}) = {x+}")),
            linear=Linear(
                gains=lambda b: (1 + b, -b),
                limit=lambda b: (2 + 2 * b) / (1 + 2 * b),
                optimum=_best_of_nesterov,
                source="Lessard, Recht and Packard, Analysis and design of optimization algorithms, 2016",
            ),
            slope_step=lambda t, slope, config: slope * (1 + config.momentum * _gathered(config.momentum, t)),
        ),
        Optimizer(
            name="adagrad",
            label="AdaGrad",
            formula=r"s \leftarrow s + g^2,\quad x \leftarrow x - \eta \frac{g}{\sqrt{s} + \epsilon}",
            about="Divides by the root of the sum of all squared gradients, so its steps only ever shrink.",
            source="Duchi et al., Adaptive subgradient methods, 2011",
            target="torch.optim.Adagrad",
            arguments=lambda config: {"eps": config.epsilon},
            uses=frozenset({"epsilon"}),
            defaults={"learning_rate": 0.1, "epsilon": 1e-10},
            memory={"s": "sum"},
            rule=(("s ← s + g²", "{s-} + {g}² = {s}"), _QUOTIENT),
            slope_step=lambda t, slope, config: _scaled(slope, math.sqrt(t), config),
        ),
        Optimizer(
            name="rmsprop",
            label="RMSProp",
            formula=r"s \leftarrow \beta_2 s + (1 - \beta_2) g^2,\ x \leftarrow x - \eta \frac{g}{\sqrt{s} + \epsilon}",
            about="AdaGrad with a leaky sum, so that it does not stall; its first step is 10 learning rates.",
            source="Tieleman and Hinton, lecture 6.5 of Neural networks for machine learning, 2012",
            target="torch.optim.RMSprop",
            arguments=lambda config: {"alpha": config.beta2, "eps": config.epsilon},
            uses=frozenset({"beta2", "epsilon"}),
            has_fused=False,
            defaults={"learning_rate": 0.003, "beta2": 0.99, "epsilon": 1e-8},
            memory={"s": "square_avg"},
            rule=(_SQUARES, _QUOTIENT),
            slope_step=lambda t, slope, config: _scaled(slope, math.sqrt(1 - config.beta2**t), config),
        ),
        Optimizer(
            name="adadelta",
            label="Adadelta",
            formula=r"x \leftarrow x - \eta \frac{\sqrt{u + \epsilon}}{\sqrt{s + \epsilon}}\, g",
            about="Scales each step by the size of past steps; meant for a learning rate of 1.",
            source="Zeiler, ADADELTA: an adaptive learning rate method, 2012, arXiv:1212.5701",
            target="torch.optim.Adadelta",
            arguments=lambda config: {"rho": config.beta2, "eps": config.epsilon},
            uses=frozenset({"beta2", "epsilon"}),
            has_fused=False,
            defaults={"learning_rate": 1.0, "beta2": 0.9, "epsilon": 1e-6},
            memory={"s": "square_avg", "u": "acc_delta"},
            rule=(
                _SQUARES,
                ("d = √(u + ε) / √(s + ε) · g", "√({u-} + {ε}) / √({s} + {ε}) · {g} = {d}"),
                ("u ← β₂ u + (1 − β₂) d²", "{β₂} · {u-} + {1-β₂} · {d}² = {u}"),
                ("x ← x − η d", "{x} − {η} · {d} = {x+}"),
            ),
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
            uses=frozenset({"momentum", "beta2", "epsilon"}),
            memory=_ADAM_MEMORY,
            corrected=_ADAM_CORRECTED,
            rule=_ADAM_RULE,
            slope_step=lambda t, slope, config: _scaled(slope, 1.0, config),
        ),
        Optimizer(
            name="adamw",
            label="AdamW",
            formula=r"\text{Adam, and}\ x \leftarrow x - \eta \lambda x",
            about="Adam whose weight decay shrinks the weights directly instead of entering the gradient.",
            source="Loshchilov and Hutter, Decoupled weight decay regularization, 2017, arXiv:1711.05101",
            target="torch.optim.AdamW",
            arguments=_betas,
            uses=frozenset({"momentum", "beta2", "epsilon"}),
            decouples_decay=True,
            memory=_ADAM_MEMORY,
            corrected=_ADAM_CORRECTED,
            rule=_ADAM_RULE,
            slope_step=lambda t, slope, config: _scaled(slope, 1.0, config),
        ),
    ),
)
