"""DigitDirectionsJob: images without their mean, on their principal directions, and whitened."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from playground.catalog.preprocessing_lesson import ENOUGH, IMAGES, NUM_COMPONENTS, REDUCING, TREATMENTS
from playground.config import Config
from playground.jobs.job import Snapshot, Turn
from playground.jobs.preprocessing.before_after import BEFORE_AFTER_SPECS
from playground.parsing import ConfigError

SHOWN = 6  # digits, each treated in every way
REBUILT = 10
DIRECTIONS = 16  # drawn as pictures
TINY = 1e-5  # eigenvalue below which a direction is nearly empty; also the usual epsilon
SIDE = 8  # pixels


@dataclass(frozen=True)
class DigitDirectionsSnapshot(Snapshot):
    """Everything at once. Pictures are (P, 8, 8).

    Args:
        num_fitted: samples that the statistics are of.
        digits: as they come.
        mean, spread: of each pixel, as pictures.
        constant: pixels that never change.
        treated: for each of TREATMENTS, the digits and the largest size of any fitted value; by each pixel's own
            statistics, then by those of all pixels together.
        directions: leading principal directions as pictures.
        shares: (64,) of the variance, largest first.
        eigenvalues: (64,) of the covariance, divisor N.
        originals, rebuilt: digits, and what num_components directions know of them.
        lost: share of the variance of all fitted digits that is missing in what is rebuilt.
        white, raw: (64,) standard deviation of the judged digits in each direction, whitened with epsilon and without.
        num_judged: digits that `white` and `raw` are of; not among the fitted, unless all are.
    """

    num_fitted: int = 0
    digits: np.ndarray | None = None
    mean: np.ndarray | None = None
    spread: np.ndarray | None = None
    constant: int = 0
    treated: tuple[tuple[tuple[np.ndarray, float], tuple[np.ndarray, float]], ...] = ()
    directions: np.ndarray | None = None
    shares: np.ndarray | None = None
    eigenvalues: np.ndarray | None = None
    originals: np.ndarray | None = None
    rebuilt: np.ndarray | None = None
    lost: float = 0.0
    white: np.ndarray | None = None
    raw: np.ndarray | None = None
    num_judged: int = 0

    @property
    def num_enough(self) -> int:
        """Directions that hold ENOUGH of the variance together."""
        return int(np.argmax(np.cumsum(self.shares) >= ENOUGH)) + 1

    @property
    def num_tiny(self) -> int:
        return int((self.eigenvalues < TINY).sum())


@dataclass(frozen=True)
class DigitDirectionsJob:
    """Statistics of the images.

    Args:
        num_components: directions that are kept, at least 1.
        epsilon: of whitening.
        has_all: whether all digits are fitted, and not the training split alone.
        seed: of the split.

    Raises:
        ConfigError: naming what is wrong.
    """

    num_components: int = NUM_COMPONENTS
    epsilon: float = TINY
    has_all: bool = False
    seed: int = 0

    def __post_init__(self):
        if not 1 <= self.num_components <= SIDE**2:
            came = self.num_components
            raise ConfigError({"num_components": f"must be a number from 1 to {SIDE**2}, but {came} came."})
        spec = BEFORE_AFTER_SPECS["epsilon"]
        if not spec.low <= self.epsilon <= spec.high:
            raise ConfigError({"epsilon": f"{spec.rule}, but {self.epsilon} came."})

    def config(self, preprocessing: str, num_components: int = 0) -> Config:
        fields = {"dataset": IMAGES, "preprocessing": preprocessing, "num_components": num_components}
        return Config.parse({**fields, "seed": self.seed})

    def frames(self) -> Generator[DigitDirectionsSnapshot | None, Turn, None]:
        turn = yield DigitDirectionsSnapshot()
        if turn.stop:
            yield DigitDirectionsSnapshot("stopped")
            return
        from playground.data.samples import load_samples  # torch, in the worker only

        samples = load_samples(self.config(TREATMENTS[0]))
        X = samples.X if self.has_all else samples.X[samples.train]
        judged = samples.X if self.has_all else samples.X[samples.val]
        yield DigitDirectionsSnapshot(
            "finished",
            fraction=1.0,
            num_fitted=len(X),
            digits=_pictures(X[:SHOWN]),
            mean=_pictures(X.mean(axis=0)),
            spread=_pictures(X.std(axis=0)),
            constant=int((np.ptp(X, axis=0) == 0).sum()),
            treated=tuple(self._treated(name, X) for name in TREATMENTS[1:]),
            originals=_pictures(X[:REBUILT]),
            **self._directions(X),
            **self._whitened(X, judged),
        )

    def _treated(self, name: str, X: np.ndarray) -> tuple[tuple[np.ndarray, float], tuple[np.ndarray, float]]:
        """Digits and the largest size, by each pixel's own statistics and by those of all pixels together."""
        from playground.data.prepared import build_preprocessor

        own = build_preprocessor(self.config(name)).fit_transform(X)
        together = build_preprocessor(self.config(name)).fit_transform(X.reshape(-1, 1)).reshape(X.shape)
        return tuple((_pictures(values[:SHOWN]), float(np.abs(values).max())) for values in (own, together))

    def _directions(self, X: np.ndarray) -> dict[str, object]:
        """Fields of a snapshot that PCA gives."""
        from playground.data.prepared import build_preprocessor

        every, kept = (build_preprocessor(self.config(REDUCING[0], k)).fit(X) for k in (0, self.num_components))
        rebuilt = kept.inverse_transform(kept.transform(X))
        return {
            "directions": _pictures(every.components_[:DIRECTIONS]),
            "shares": every.explained_variance_ratio_,
            "eigenvalues": every.explained_variance_ * (len(X) - 1) / len(X),
            "rebuilt": _pictures(rebuilt[:REBUILT]),
            "lost": float(((X - rebuilt) ** 2).sum() / ((X - X.mean(axis=0)) ** 2).sum()),
        }

    def _whitened(self, X: np.ndarray, judged: np.ndarray) -> dict[str, object]:
        """Fields of a snapshot that whitening gives."""
        from playground.data.prepared import build_preprocessor

        config = self.config(REDUCING[-1])
        white, raw = (
            build_preprocessor(config, epsilon=epsilon).fit(X).transform(judged).std(axis=0)
            for epsilon in (self.epsilon, 0.0)
        )
        return {"white": white, "raw": raw, "num_judged": len(judged)}


def _pictures(rows: np.ndarray) -> np.ndarray:
    return rows.reshape(-1, SIDE, SIDE)
