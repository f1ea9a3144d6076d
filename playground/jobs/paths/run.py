"""The steps of a PathsJob."""

from playground.jobs.paths.settings import BEST, PathSettings
from playground.train.paths.race import Race, Walker
from playground.train.paths.sweep import Sweep

SWEEP_SHARE = 0.95  # of the work, where there is a sweep


class PathsRun:
    """A race; before it a sweep, where the best learning rates are asked for."""

    def __init__(self, settings: PathSettings):
        self._task = settings.surface, dict(settings.numbers), settings.start
        self._num_steps = settings.steps
        self._configs = [settings.config_of(name) for name in settings.optimizers]
        self._sweep = Sweep(self._task, self._configs, self._num_steps) if settings.rates == BEST else None
        self._race = None if self._sweep else self._new_race()

    def _new_race(self) -> Race:
        return Race(*self._task, self._configs, self._num_steps)

    @property
    def has_ended(self) -> bool:
        return self._race is not None and self._race.has_ended

    @property
    def fraction(self) -> float:
        """Share done."""
        return SWEEP_SHARE * self._sweep.fraction if self._sweep else self._race.step / self._num_steps

    @property
    def walkers(self) -> list[Walker]:
        return self._race.walkers

    def advance(self) -> None:
        """One step of everything that walks at present."""
        if self._race is not None:
            self._race.advance()
            return
        self._sweep.advance()
        if self._sweep.has_ended:
            self._configs = [
                config.model_copy(update={"learning_rate": rate})
                for config, rate in zip(self._configs, self._sweep.best(), strict=True)
            ]
            self._race = self._new_race()
