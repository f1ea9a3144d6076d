"""LandscapeJob: several optimizers from one start, and the loss of the network around their paths."""

from collections.abc import Generator
from dataclasses import dataclass

from playground.jobs.job import Turn
from playground.jobs.landscape.settings import LandscapeSettings
from playground.jobs.landscape.snapshot import LandscapeSnapshot
from playground.jobs.steps import frames_of_steps


@dataclass(frozen=True)
class LandscapeJob(LandscapeSettings):
    """Train, project the paths on a plane, compute the loss over it, and the curvature along the paths."""

    def frames(self) -> Generator[LandscapeSnapshot | None, Turn, None]:
        from playground.jobs.landscape.run import LandscapeRun  # torch, in the worker only

        turn = yield LandscapeSnapshot()
        run = LandscapeRun(self)
        yield from frames_of_steps(run, turn, run.snapshot)
