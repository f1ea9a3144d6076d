"""The learning rate of each step."""

from playground.catalog import SCHEDULES
from playground.catalog.schedules import Plateau, Shape, warmed_up
from playground.config import Config


class Schedule:
    """Learning rate of a step: base rate, times the schedule's factor, times the warm-up.

    Args:
        config: learning_rate, schedule, warmup_fraction, num_epochs and what the schedule uses are read.
    """

    def __init__(self, config: Config):
        self._plateau = Plateau(Shape.of(config)) if SCHEDULES[config.schedule].factor is None else None
        self.follow(config)

    def follow(self, config: Config) -> None:
        """Go on with another learning rate."""
        self._config = config
        self._shape = Shape.of(config)

    def learning_rate(self, step: int, total_steps: int) -> float:
        """Rate of update number `step`, counted from 0, of `total_steps`."""
        return self._config.learning_rate * warmed_up(step, total_steps, self._config.warmup_fraction, self._factor)

    def _factor(self, step: int, total_steps: int) -> float:
        if self._plateau is not None:
            return max(self._plateau.factor, self._shape.floor)
        return SCHEDULES[self._config.schedule].factor(step, total_steps, self._shape)

    def see_validation_loss(self, loss: float) -> None:
        """Tell a schedule that waits for plateaus the loss before the first update, and how each epoch ended."""
        if self._plateau is not None:
            self._plateau.see(loss)
