"""What a page sees of the loss around the paths of several optimizers."""

from dataclasses import dataclass, field

import numpy as np

from playground.jobs.job import Snapshot


@dataclass(frozen=True)
class RunPath:
    """One optimizer's way.

    Args:
        optimizer: row of OPTIMIZERS.
        learning_rate: at the start.
        status: "running", "finished", "diverged" or "stopped".
        steps, losses: (T,) updates done, and the training loss there.
        points: (T, 2) where it passes on the plane, in units of the plane's directions; None while there is no plane,
            and for a run that diverged.
        plane_losses: (T,) training loss of the plane's points, which are near the path but not on it; or None.
        curvature_steps, curvatures: (C,) largest eigenvalue of the loss' Hessian, NaN where not computed (yet).
        limits: (C,) largest curvature that gradient descent with full batches bears there; NaN where there is none.
    """

    optimizer: str
    learning_rate: float
    status: str
    steps: np.ndarray
    losses: np.ndarray
    points: np.ndarray | None = None
    plane_losses: np.ndarray | None = None
    curvature_steps: np.ndarray = field(default_factory=lambda: np.empty(0))
    curvatures: np.ndarray = field(default_factory=lambda: np.empty(0))
    limits: np.ndarray = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class LandscapeSnapshot(Snapshot):
    """Paths first, then the surface, coarse and then finer, then the curvature.

    Args:
        runs: in the order in which they were asked for.
        window: (left, bottom, side) of the square of the plane that is shown; None while there is no plane.
        surface: (R, R) training loss over the window, row 0 at the bottom; None at first.
        shares: of the paths' variance along the first axis, and along what the second adds.
        centre: optimizer whose end the plane goes through, at (0, 0); "" at first.
        num_parameters: dimensions of the space that the plane cuts.
        notes: sentences about what was done differently than one would think.
    """

    runs: tuple[RunPath, ...] = ()
    window: tuple[float, float, float] | None = None
    surface: np.ndarray | None = None
    shares: tuple[float, float] = (0.0, 0.0)
    centre: str = ""
    num_parameters: int = 0
    notes: tuple[str, ...] = ()
