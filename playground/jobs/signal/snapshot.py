"""What a page sees of a signal on its way through a fresh network."""

from dataclasses import dataclass, field

from playground.jobs.job import Snapshot
from playground.jobs.training.snapshot import Layer, LayerHistogram

COLUMNS = ("name", "mean", "std", "saturated", "dead", "grad_norm")  # of a layer, in what `signal --json` prints


@dataclass(frozen=True)
class Backward:
    """Loss gradients of one layer's outputs, each sample's own.

    Args:
        histogram: None when the values are not finite.
    """

    name: str
    mean: float
    std: float
    histogram: LayerHistogram | None


@dataclass(frozen=True)
class LayerTheory:
    """What infinite-width theory says of one layer.

    Args:
        mean, std: of its outputs.
        gradient_std: standard deviation of the loss gradients of its outputs, starting from the last layer's own.
    """

    name: str
    mean: float
    std: float
    gradient_std: float


@dataclass(frozen=True)
class SignalSnapshot(Snapshot):
    """Layers as the samples seen so far show them; all tuples are empty before the first samples.

    Args:
        samples: seen so far.
        layers: hidden ones, first one first.
        backward: of the same layers.
        theory: of the same layers; empty where it does not apply.
        result: what `signal --json` prints; only in the last snapshot.
    """

    samples: int = 0
    layers: tuple[Layer, ...] = ()
    backward: tuple[Backward, ...] = ()
    theory: tuple[LayerTheory, ...] = ()
    result: dict[str, object] | None = field(default=None, repr=False)


def signal_rows(snapshot: SignalSnapshot) -> dict[str, object]:
    """The numbers of a snapshot as JSON; `theory` is empty where theory does not apply."""
    return {
        "layers": [{name: getattr(layer, name) for name in COLUMNS} for layer in snapshot.layers],
        "gradients": [{name: getattr(back, name) for name in ("name", "mean", "std")} for back in snapshot.backward],
        "theory": [dict(vars(layer)) for layer in snapshot.theory],
    }
