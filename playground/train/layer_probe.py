"""LayerProbe: numbers of one layer. Without torch, as pages see them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LayerProbe:
    """Numbers of one layer; None where the idea does not apply.

    Args:
        mean, std: of the layer's output over all samples and units.
        dead: share of units whose slope is 0 for every sample; of a convolution, share of filters for which it is 0 for
            every sample at every position.
        saturated: share of outputs, of all units (or filters and positions) and samples, whose slope is below 5% of the
            steepest.
        grad_norm: Euclidean norm of the loss gradient of the weights.
        update_ratio: norm of the last update of the weights over the norm of the weights before it.
    """

    name: str
    mean: float
    std: float
    dead: float | None
    saturated: float | None
    grad_norm: float
    update_ratio: float | None
