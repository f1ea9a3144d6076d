"""WeightScaleJob: whether a layer and its gradient notice that its weights are multiplied by a number."""

from collections.abc import Generator
from dataclasses import dataclass, field

from playground.jobs.job import Snapshot, Turn
from playground.parsing import ConfigError

FACTORS = tuple(10 ** (power / 4) for power in range(-8, 9))  # 0.01 to 100


@dataclass(frozen=True)
class ScaleSeen:
    """As `nn.weight_scale.Seen` says."""

    output_change: float
    output_change_expected: float
    gradient_ratio: float
    gradient_error: float
    alignment: float


@dataclass(frozen=True)
class WeightScaleSnapshot(Snapshot):
    """Args:
    curves: normalization -> what was seen at each of FACTORS.
    here: normalization -> what was seen at the job's own factor.
    """

    curves: dict[str, tuple[ScaleSeen, ...]] = field(default_factory=dict)
    here: dict[str, ScaleSeen] = field(default_factory=dict)


@dataclass(frozen=True)
class WeightScaleJob:
    """Args:
    normalizations: keys of their rows.
    factor: the weights are multiplied by it; from FACTORS[0] to FACTORS[-1].
    epsilon: of the normalizations.

    Raises:
        ConfigError: naming what is out of bounds.
    """

    normalizations: tuple[str, ...]
    factor: float
    epsilon: float
    batch_size: int = 32
    seed: int = 0

    def __post_init__(self):
        bounds = {
            "factor": (self.factor, FACTORS[0], FACTORS[-1]),
            "epsilon": (self.epsilon, 1e-16, 1.0),
            "batch_size": (self.batch_size, 2, 1000),
        }
        for name, (value, low, high) in bounds.items():
            if not low <= value <= high:
                raise ConfigError({name: f"must be from {low:g} to {high:g}, but {value:g} came."})

    def frames(self) -> Generator[WeightScaleSnapshot | None, Turn, None]:
        from playground.nn.weight_scale import ScaledLayer  # torch, in the worker only

        yield WeightScaleSnapshot()
        curves, here = {}, {}
        for name in self.normalizations:
            layer = ScaledLayer(name, batch_size=self.batch_size, epsilon=self.epsilon, seed=self.seed)
            curves[name] = tuple(ScaleSeen(**vars(layer.at(factor))) for factor in FACTORS)
            here[name] = ScaleSeen(**vars(layer.at(self.factor)))
        yield WeightScaleSnapshot(status="finished", fraction=1.0, curves=curves, here=here)
