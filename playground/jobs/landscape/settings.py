"""LandscapeSettings: which optimizers go from one start, and where the loss around their paths is computed."""

from dataclasses import dataclass
from typing import Any

from playground.catalog import OPTIMIZERS
from playground.config import Config
from playground.fields import LONGEST_RUN
from playground.parsing import ConfigError, checked_value
from playground.rules import num_training_samples
from playground.spec import TRAINING, Spec

OWN, SHARED = RATES = ("own", "shared")
WHOLE, MINI = BATCHES = ("whole", "mini")
PCA, RANDOM = PLANES = ("pca", "random")
BEST = "best"
MOST_UPDATES = 40_000  # of all runs together: about half a minute
MOST_PARAMETERS = 50_000

LANDSCAPE_SPECS = {
    "optimizers": Spec(
        group=TRAINING, table=OPTIMIZERS, is_sequence=True, max_length=len(OPTIMIZERS), label="Optimizers",
        help="All start from the same weights and see the same batches; 2 to 4 are easy to tell apart.",
    ),
    "rates": Spec(
        group=TRAINING, choices=RATES, label="Learning rates",
        help="Each optimizer its own usual rate, or one rate shared by all: that of the Train page.",
    ),
    "batches": Spec(
        group=TRAINING, choices=BATCHES, label="Batches",
        help="The whole training set in each step, or minibatches of the size on the Train page.",
    ),
    "num_steps": Spec(
        group=TRAINING, low=20, high=LONGEST_RUN, step=100, unit="updates", label="Steps",
        help="How far each optimizer goes; 500 to 3000 is usual.",
    ),
    "plane": Spec(
        group=TRAINING, choices=PLANES, label="Plane",
        help="PCA: the two directions in which the paths move most. Random: two random ones, each filter (the weights "
        "into one unit) as long as in the network.",
    ),
    "centre": Spec(
        group=TRAINING, choices=(BEST, *OPTIMIZERS), label="Through the end of",
        help="The plane goes through the end of this path; the best run is the one with the lowest training loss.",
    ),
    "resolution": Spec(
        group=TRAINING, low=11, high=101, step=10, unit="points", label="Resolution",
        help="Points along each side of the surface; 41 is usual, 101 takes six times as long.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class LandscapeSettings:
    """What is asked for, checked.

    Args:
        config: data and network; its optimizer does not matter, and its learning rate only if `rates` is shared.
        optimizers, rates, batches, num_steps, plane, centre, resolution: as LANDSCAPE_SPECS says.

    Raises:
        ConfigError: naming the field that is wrong.
    """

    config: Config
    optimizers: tuple[str, ...] = ("sgd", "momentum", "rmsprop", "adam")
    rates: str = OWN
    batches: str = WHOLE
    num_steps: int = 800
    plane: str = PCA
    centre: str = BEST
    resolution: int = 41

    def __post_init__(self):
        for name, spec in LANDSCAPE_SPECS.items():
            object.__setattr__(self, name, checked_value(name, spec, 0, getattr(self, name)))
        if not self.optimizers:
            raise ConfigError({"optimizers": "choose at least one."})
        if self.centre not in (BEST, *self.optimizers):
            label = OPTIMIZERS[self.centre].label
            raise ConfigError({"centre": f"{label} is not among the optimizers that run. Choose best, or add it."})
        updates = self.num_steps * len(self.optimizers)
        if updates > MOST_UPDATES:
            raise ConfigError(
                {"num_steps": f"all runs together must take at most {MOST_UPDATES} updates, but {updates} came."}
            )
        _ = self.configs  # so that what cannot train is refused here

    @property
    def configs(self) -> tuple[Config, ...]:
        """One for each optimizer, equal but for it, its learning rate and the defaults that follow from it.

        Averaging, early stopping and going back to the best epoch are off: what is drawn is where the optimizer goes.
        """
        values = {"num_seeds": 1, "ema_decay": 0.0, "early_stopping": 0, "keep_best": False}
        num_train = num_training_samples(self.config)
        if self.batches == WHOLE:
            values["batch_size"] = num_train
        steps_per_epoch = max(num_train // values.get("batch_size", self.config.batch_size), 1)
        values["num_epochs"] = -(-self.num_steps // steps_per_epoch)
        return tuple(self._config_of(name, values) for name in self.optimizers)

    def _config_of(self, optimizer: str, values: dict[str, Any]) -> Config:
        own = OPTIMIZERS[optimizer].defaults.get("learning_rate", Config.model_fields["learning_rate"].default)
        rate = self.config.learning_rate if self.rates == SHARED else own
        return self.config.replace(**values, optimizer=optimizer, learning_rate=rate)
