"""BeforeAfterJob: what a step of preprocessing does to a cloud, and to gradient descent on it."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from playground.catalog import PREPROCESSING
from playground.catalog.preprocessing_lesson import IMAGES, PIXELS, START
from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.preprocessing.before_after_snapshot import BeforeAfterSnapshot, Descent, Side
from playground.jobs.training.snapshot import MAX_POINTS
from playground.parsing import ConfigError
from playground.spec import DATA, TRAINING, Spec

if TYPE_CHECKING:
    from sklearn.base import TransformerMixin

CLOUD = "cloud"
GOAL = 1e-4  # of the first loss above the smallest one: there the neuron counts as trained
PATH_STEPS = 150  # that are drawn
CURVE_POINTS, LEAST_STEPS = 120, 10
SMALL_ERROR = 1e-6  # of the standard deviation along the cloud
READ_DIGIT = 8  # the linear neuron tells it from the others

BEFORE_AFTER_SPECS = {
    "epsilon": Spec(group=DATA, low=0, high=10, label="Epsilon",
                    help="Added to each eigenvalue before the root; 1e-5 is usual, 0 keeps no noise down."),
    "share": Spec(group=TRAINING, low=0.05, high=0.95, step=0.05, label="Learning rate",
                  help="As a share of the largest stable one, 2 / curvature; above 0.5 the path zig-zags."),
    "angle": Spec(group=DATA, low=0, high=90, step=5, unit="degrees", label="Angle",
                  help="Of the cloud with the first axis; at 0 and 90 the inputs are uncorrelated."),
    "thickness": Spec(group=DATA, low=1e-4, high=2, label="Thickness",
                      help="Standard deviation across the cloud; along it, it is 2."),
    "distance": Spec(group=DATA, low=0, high=20, label="Distance",
                     help="Of the middle of the cloud from the origin; 0 needs no centring."),
    "num_samples": Spec(group=DATA, low=20, high=2000, step=20, unit="samples", label="Samples",
                        help="Points of the cloud; 200 show its shape."),
    "seed": Spec(group=DATA, low=0, high=999, label="Seed", help="Where the points are drawn from."),
}  # fmt: skip


@dataclass(frozen=True)
class BeforeAfterJob:
    """One step of preprocessing.

    Args:
        source: CLOUD, or the name of the images.
        preprocessing: of a row.
        epsilon, share, angle, thickness, distance, num_samples, seed: as BEFORE_AFTER_SPECS says.
        has_outlier: whether one sample of the cloud is measured wrongly.
        pixels, directions: of images, from 1: which are shown, before and after a rotation.

    Raises:
        ConfigError: naming the field that is out of bounds.
    """

    source: str = CLOUD
    preprocessing: str = START
    epsilon: float = 1e-5
    share: float = 0.5
    angle: float = 30.0
    thickness: float = 0.5
    distance: float = 4.0
    num_samples: int = 200
    seed: int = 0
    has_outlier: bool = False
    pixels: tuple[int, int] = PIXELS
    directions: tuple[int, int] = (1, 2)

    def __post_init__(self):
        for name, spec in BEFORE_AFTER_SPECS.items():
            if not spec.low <= getattr(self, name) <= spec.high:
                raise ConfigError({name: f"{spec.rule}, but {getattr(self, name)} came."})
        if len(set(self.pixels)) < 2 or len(set(self.directions)) < 2:
            raise ConfigError({"pixels": "must be two different ones, but the same came twice."})

    @property
    def config(self) -> Config:
        """That builds the preprocessing."""
        dataset = {"dataset": IMAGES} if self.source != CLOUD else {}
        return Config.parse({**dataset, "preprocessing": self.preprocessing, "seed": self.seed})

    def frames(self) -> Generator[BeforeAfterSnapshot | None, Turn, None]:
        turn = yield BeforeAfterSnapshot()
        if turn.stop:
            yield BeforeAfterSnapshot("stopped")
            return
        from playground.data.prepared import build_preprocessor  # torch, in the worker only

        row = PREPROCESSING[self.preprocessing]
        changes = {"epsilon": self.epsilon} if row.has_epsilon else {}
        X, y = self._samples()
        preprocessor = build_preprocessor(self.config, **changes).fit(X)
        is_rotated = row.reduces
        sides = tuple(
            _side(inputs, y, self.share, *self._shown(rotated))
            for inputs, rotated in ((X, False), (preprocessor.transform(X), is_rotated))
        )
        widths, gains = _gains(X, preprocessor)
        yield BeforeAfterSnapshot("finished", fraction=1.0, sides=sides, gains=gains, widths=widths)

    def _samples(self) -> tuple[np.ndarray, np.ndarray]:
        """X (N, D) and targets y (N,), the same before and after."""
        from playground.data.cloud import cloud, with_outlier
        from playground.data.samples import load_samples

        if self.source == CLOUD:
            fields = {name: getattr(self, name) for name in ("angle", "thickness", "distance")}
            X, y = cloud(self.num_samples, **fields, rng=np.random.default_rng(self.seed))
            return (with_outlier(X) if self.has_outlier else X), y
        samples = load_samples(self.config)
        return samples.X[samples.train], np.where(samples.y[samples.train] == READ_DIGIT, 1.0, -1.0)

    def _shown(self, is_rotated: bool) -> tuple[tuple[int, int], tuple[str, str]]:
        """Numbers and names of the two inputs that are shown."""
        word = "Direction" if is_rotated else "Input" if self.source == CLOUD else "Pixel"
        numbers = (1, 2) if self.source == CLOUD else self.directions if is_rotated else self.pixels
        return (numbers[0] - 1, numbers[1] - 1), (f"{word} {numbers[0]}", f"{word} {numbers[1]}")


def _side(X: np.ndarray, y: np.ndarray, share: float, columns: tuple[int, int], axes: tuple[str, str]) -> Side:
    from playground.data.cloud import condition_number, covariance, ellipse, rounding

    shown = X[:, columns]
    variances = np.linalg.eigvalsh(covariance(X))[::-1]
    kept = np.linspace(0, len(X) - 1, min(len(X), MAX_POINTS)).round().astype(int)  # the outlier is the last one
    matrix = covariance(shown)
    return Side(
        axes=axes,
        points=shown[kept],
        middle=shown.mean(axis=0),
        covariance=matrix,
        ellipse=ellipse(shown.mean(axis=0), matrix),
        variances=variances,
        num_empty=int((variances <= variances[0] * rounding(len(variances))).sum()),
        condition=condition_number(variances),
        descent=_descent(X, y, share),
    )


def _descent(X: np.ndarray, y: np.ndarray, share: float) -> Descent:
    from playground.train.preprocessing.least_squares import LeastSquares, predicted_rate, predicted_steps

    problem = LeastSquares(X, y)
    rate = problem.learning_rate(share)
    steps, predicted = problem.steps_until(GOAL, rate), predicted_steps(problem.condition, share, GOAL)
    last = max(steps or 1, predicted or 1, LEAST_STEPS)
    at = np.append(0, np.unique(np.geomspace(1, last, CURVE_POINTS).round()))
    return Descent(
        condition=problem.condition,
        learning_rate=rate,
        path=problem.descend(rate, min(steps or PATH_STEPS, PATH_STEPS)),
        at=at,
        losses=problem.losses(rate, at),
        bounds=predicted_rate(problem.condition, share) ** (2 * at),
        steps=steps,
        predicted=predicted,
        unexplained=problem.unexplained,
    )


def _gains(X: np.ndarray, preprocessor: "TransformerMixin") -> tuple[tuple[float, float], tuple[float, float]]:
    """Widths of the samples along the longest and the shortest direction, and what a small error there becomes."""
    from playground.data.cloud import covariance, rounding

    variances, directions = np.linalg.eigh(covariance(X))
    shortest = int(np.argmax(variances > variances[-1] * rounding(len(variances))))
    ends = [len(variances) - 1, shortest]
    step = SMALL_ERROR * np.sqrt(variances[-1])
    places = X.mean(axis=0) + np.array([[0.0], [step], [step]]) * directions.T[[0, *ends]]
    here, *moved = preprocessor.transform(places)
    gains = [np.linalg.norm(there - here) / step for there in moved]
    return (float(variances[-1] ** 0.5), float(variances[shortest] ** 0.5)), (float(gains[0]), float(gains[1]))
