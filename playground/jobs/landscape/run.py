"""LandscapeRun: the work of a LandscapeJob in small units, and what a page sees of it."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch

from playground.catalog import OPTIMIZERS
from playground.jobs.landscape.settings import BEST, MOST_PARAMETERS, PCA, LandscapeSettings
from playground.jobs.landscape.snapshot import LandscapeSnapshot, RunPath
from playground.jobs.stages import Stages
from playground.seeds import stream_seed
from playground.train.landscape.descent import Descent
from playground.train.landscape.flat import FlatLoss
from playground.train.landscape.path_curvature import HESSIAN_COST, PathCurvature
from playground.train.landscape.plane import Plane, pca_plane, random_plane, share_of_variance
from playground.train.landscape.surface import Surface, Window

TRAIN, PROJECT, SURFACE, CURVATURE = "train", "project", "surface", "curvature"
MOST_POINTS = 150  # of one path
MOST_KEPT = 6_000_000  # numbers of all paths: 24 MB, and twice that while PCA works in float64
MOST_PRODUCTS = 5e11  # parameters x samples x points of the surface: about a minute
MOST_CURVATURES = 20  # of one path
UPDATE_SECONDS = 0.0005  # guesses, until measured
USUAL_ITERATIONS = 30


class LandscapeRun:
    """Everything from the first update to the last eigenvalue.

    Raises:
        ValueError: when the settings are too large.
    """

    def __init__(self, settings: LandscapeSettings):
        self.settings = settings
        first = Descent(settings.configs[0], num_steps=settings.num_steps, max_points=2)
        self.num_parameters = first.vectors.shape[1]
        self._refuse_too_much(len(first.trainer.data.train))
        most_points = min(MOST_POINTS, max(MOST_KEPT // (self.num_parameters * len(settings.optimizers)), 2))
        self.descents = [
            Descent(config, num_steps=settings.num_steps, max_points=most_points) for config in settings.configs
        ]
        self._plane: Plane | None = None
        self._window: Window | None = None
        self._surface: Surface | None = None
        self._shares, self._centre = (0.0, 0.0), -1
        self._points: dict[int, tuple[np.ndarray, np.ndarray]] = {}  # run -> points, losses of the plane there
        self._curvatures: list[PathCurvature] = []
        self._notes: list[str] = []
        self._stages = Stages(self._guesses(self._loss_of(first)))
        self._work, self.has_ended = self._all(), False

    def advance(self) -> None:
        """One unit, some hundredths of a second."""
        started = time.perf_counter()
        stage, share = next(self._work, ("", 1.0))
        self.has_ended = not stage
        if stage:
            self._stages.note(stage, time.perf_counter() - started, share)

    def _refuse_too_much(self, num_samples: int) -> None:
        if self.num_parameters > MOST_PARAMETERS:
            raise ValueError(
                f"The network must have at most {MOST_PARAMETERS:,} parameters here, but it has "
                f"{self.num_parameters:,}. Choose fewer or narrower layers on the Train page."
            )
        if self.num_parameters * num_samples * self.settings.resolution**2 > MOST_PRODUCTS:
            raise ValueError(
                f"{self.num_parameters:,} parameters on {num_samples:,} samples at {self.settings.resolution} x "
                f"{self.settings.resolution} points would take minutes. Choose a lower resolution or fewer samples."
            )

    def _guesses(self, loss: FlatLoss) -> dict[str, float]:
        start = self.descents[0].vectors[:1]
        started = time.perf_counter()
        loss.many(start.expand(loss.at_once, -1))
        seconds = (time.perf_counter() - started) / loss.at_once
        num_runs = len(self.descents)
        return {
            TRAIN: self.settings.num_steps * num_runs * UPDATE_SECONDS,
            PROJECT: num_runs * MOST_POINTS * seconds,
            SURFACE: self.settings.resolution**2 * seconds,
            CURVATURE: num_runs * MOST_CURVATURES * USUAL_ITERATIONS * HESSIAN_COST * seconds,
        }

    def _all(self) -> Iterator[tuple[str, float]]:
        """All units of work; each yields the stage and the share of it that is done."""
        while running := [descent for descent in self.descents if not descent.has_ended]:
            min(running, key=lambda descent: descent.trainer.step).advance()
            done = sum(1 if d.has_ended else d.trainer.step / d.num_steps for d in self.descents)
            yield TRAIN, done / len(self.descents)
        yield from self._project()
        while not self._surface.has_ended:
            self._surface.advance()
            yield SURFACE, self._surface.num_done / self._surface.num_points
        yield from self._curve()

    def _project(self) -> Iterator[tuple[str, float]]:
        shown = [index for index, descent in enumerate(self.descents) if not descent.has_diverged]
        if not shown:
            raise ValueError("Every run diverged, so there is no path to draw. Choose smaller learning rates.")
        names = self.settings.optimizers
        best = min(shown, key=lambda index: self.descents[index].losses[-1])
        self._centre = best if self.settings.centre == BEST else names.index(self.settings.centre)
        if self._centre not in shown:
            raise ValueError(f"{OPTIMIZERS[self.settings.centre].label} diverged, so no plane can go through its end.")
        paths = {index: self.descents[index].vectors for index in shown}
        self._plane = self._make_plane(list(paths.values()))
        self._shares = share_of_variance(list(paths.values()), self._plane)
        self._loss = self._loss_of(self.descents[self._centre])
        yield PROJECT, 0.5
        for number, (index, vectors) in enumerate(paths.items(), start=1):
            points = self._plane.project(vectors)
            parts = self._plane.at(points).split(self._loss.at_once)
            losses = torch.cat([self._loss.many(part) for part in parts])
            self._points[index] = points.cpu().numpy(), losses.cpu().numpy()
            yield PROJECT, 0.5 + 0.5 * number / len(paths)
        everywhere = np.concatenate([points for points, _ in self._points.values()])
        if self.settings.plane != PCA:  # one filter's length to each side of the centre, as in the paper
            everywhere = np.concatenate([everywhere, [[-1.0, -1.0], [1.0, 1.0]]])
        self._window = Window.around(everywhere, margin=0.15 if self.settings.plane == PCA else 0.0)
        self._surface = Surface(self._loss, self._plane, self._window, self.settings.resolution)

    def _make_plane(self, paths: list[torch.Tensor]) -> Plane:
        descent = self.descents[self._centre]
        end = descent.vectors[-1]
        if self.settings.plane == PCA:
            return pca_plane(paths, end)
        generator = torch.Generator().manual_seed(stream_seed(self.settings.config.seed, "pictures"))
        return random_plane(descent.trainer.network, end, generator)

    def _curve(self) -> Iterator[tuple[str, float]]:
        number = len(self.descents)
        self._curvatures = [
            PathCurvature(descent, self._loss_of(descent), max_points=MOST_CURVATURES) for descent in self.descents
        ]
        for index, curvature in enumerate(self._curvatures):
            while curvature.share < 1:
                try:
                    curvature.advance()
                except RuntimeError:
                    self._notes.append("Curvature is left out: torch has no second derivative of this loss or layer.")
                    self._curvatures = []
                    return
                yield CURVATURE, (index + curvature.share) / number

    def _loss_of(self, descent: Descent) -> FlatLoss:
        """The training loss of that run's network."""
        return FlatLoss(descent.trainer.network, descent.trainer.data.train, descent.trainer.loss)

    def _all_notes(self) -> Iterator[str]:
        for descent in self.descents:
            if descent.has_diverged:
                label = OPTIMIZERS[descent.trainer.config.optimizer].label
                yield f"{label} diverged, so it is left out of the plane. Choose a smaller learning rate for it."
        if self._surface is not None and not self._loss.is_batched:
            yield "torch cannot compute this loss or layer at many points at once, so it was done one by one."
        yield from self._notes

    def snapshot(self, status: str) -> LandscapeSnapshot:
        """What a page can show now."""
        window = self._window
        return LandscapeSnapshot(
            status=status,
            fraction=1.0 if self.has_ended else self._stages.fraction,
            seconds_left=None if self.has_ended else self._stages.seconds_left,
            runs=tuple(self._path(index) for index in range(len(self.descents))),
            window=(window.left, window.bottom, window.side) if window else None,
            surface=self._surface.finest() if self._surface else None,
            shares=self._shares,
            centre=self.settings.optimizers[self._centre] if window else "",
            num_parameters=self.num_parameters,
            notes=tuple(self._all_notes()),
        )

    def _path(self, index: int) -> RunPath:
        descent, config = self.descents[index], self.settings.configs[index]
        points, plane_losses = self._points.get(index, (None, None))
        path = RunPath(
            optimizer=config.optimizer,
            learning_rate=config.learning_rate,
            status="diverged" if descent.has_diverged else "finished" if descent.has_ended else "running",
            steps=np.array(descent.steps),
            losses=np.array(descent.losses),
            points=points,
            plane_losses=plane_losses,
        )
        if index >= len(self._curvatures):
            return path
        curvature = self._curvatures[index]
        return replace(
            path, curvature_steps=curvature.steps, curvatures=curvature.values.copy(), limits=curvature.limits
        )
