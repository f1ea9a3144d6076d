"""How far a job is: what every page's bar shows, which refuses more than 1 and should never go back."""

import importlib
import inspect
import pkgutil
from itertools import pairwise

import pytest

import playground.jobs
from playground.catalog.regularization_lesson import RIDGE_START
from playground.config import Config
from playground.jobs.activations.cost import ActivationCostJob
from playground.jobs.activations.curves import ActivationCurvesJob
from playground.jobs.activations.dead_units import DeadUnitsJob
from playground.jobs.activations.positive_inputs import PositiveInputsJob
from playground.jobs.augmentation.gallery import BatchJob, GalleryJob, ShiftedJob
from playground.jobs.comparison.job import CompareJob
from playground.jobs.initialization.symmetry import SymmetryJob
from playground.jobs.job import Turn
from playground.jobs.landscape.job import LandscapeJob
from playground.jobs.normalization.normalized_tensor import NormalizedTensorJob
from playground.jobs.normalization.running_statistics import RunningStatisticsJob
from playground.jobs.normalization.sweep import NormalizationSweepJob
from playground.jobs.normalization.weight_scale import WeightScaleJob
from playground.jobs.paths.job import PathsJob
from playground.jobs.paths.settings import PathSettings
from playground.jobs.preprocessing.before_after import BeforeAfterJob
from playground.jobs.preprocessing.digit_directions import DigitDirectionsJob
from playground.jobs.preprocessing.leak import LeakJob
from playground.jobs.regularization.dropout import DropoutJob
from playground.jobs.regularization.penalties import PenaltiesJob
from playground.jobs.regularization.random_parts import DepthJob, WeightMasksJob
from playground.jobs.regularization.ridge import RidgeJob
from playground.jobs.repeated_search.job import PORTION, SurfaceSearchJob
from playground.jobs.repeated_search.training import RepeatedTrainingJob
from playground.jobs.schedules.learning_rate_finder import LearningRateFinderJob
from playground.jobs.search.importance import ImportanceJob
from playground.jobs.search.job import SearchJob
from playground.jobs.signal.job import SignalJob
from playground.jobs.signal.signals import SignalsJob
from playground.jobs.training.job import TrainJob
from playground.train.search.space import parse_space
from tests.aids.scored_trials import TWO, scored
from tests.aids.training import tiny
from tests.jobs.turns import snapshots_of

SHORT = Turn(seconds=0.002, max_steps=1)
SPACE = parse_space("learning_rate:1e-3..1:log,dropout:0..0.5")
DIGITS = {"dataset": "digits", "num_samples": 200, "hidden_sizes": (8,)}
SMALL = {"width": 20, "depth": 3, "samples": 100}
SEARCH = SearchJob(
    tiny(num_epochs=1, batch_size=20, hidden_sizes=(2,)), SPACE, trials=16, repeats=9
)  # in five portions, of which the last is smaller
ELU = tiny(activation="elu", num_epochs=4)
DIVIDED = {"search": SEARCH, "repeated": RepeatedTrainingJob(SEARCH)}
JOBS = {
    "repeated": RepeatedTrainingJob(SearchJob(tiny(num_epochs=1), SPACE, trials=4, repeats=2)),
    "every method": SearchJob(tiny(num_epochs=3), SPACE, ("grid", "random", "halving", "tpe"), trials=4, repeats=2),
    "part of a search": SEARCH.parts(3)[1],
    "part of repeats": RepeatedTrainingJob(SEARCH).parts(3)[1],
    "surface": SurfaceSearchJob(repeats=3 * PORTION - 1),
    "importance": ImportanceJob(TWO, tuple(scored(TWO, lambda rate, _: rate, 20))),
    "train": TrainJob(tiny()),
    "seeds": TrainJob(tiny(num_seeds=6)),
    "compare": CompareJob((("a", tiny()), ("b", tiny(num_epochs=3)), ("c", tiny(num_epochs=5, early_stopping=1)))),
    "signal": SignalJob(Config(), **SMALL),
    "signals": SignalsJob((SignalJob(Config(), **SMALL), SignalJob(Config(activation="tanh"), **SMALL))),
    "range test": LearningRateFinderJob(tiny(), num_updates=20),
    "landscape": LandscapeJob(tiny(), optimizers=("sgd",), num_steps=20, resolution=11),
    "paths": PathsJob(PathSettings.parse({"optimizers": ("sgd", "adam"), "steps": 20})),
    "symmetry": SymmetryJob(tiny(), ("zeros", "constant")),
    "statistics": RunningStatisticsJob(tiny(normalization="batch")),
    "tensor": NormalizedTensorJob(num_samples=3, num_channels=4, side=2, num_groups=2),
    "sweep": NormalizationSweepJob(tiny(), "batch_size", (5, 1), ("none", "batch"), scales_rate=True),
    "weight scale": WeightScaleJob(("none", "batch"), 10.0, 1e-5),
    "penalties": PenaltiesJob(tiny(), ("l1", "subgradient"), (0.0, 0.01)),
    "ridge": RidgeJob(Config.parse(RIDGE_START), 1.0, 10),
    "dropout": DropoutJob(tiny(dropout=0.5), (4, 4), 5),
    "masks": WeightMasksJob(),
    "depth": DepthJob(),
    "before and after": BeforeAfterJob(),
    "directions": DigitDirectionsJob(),
    "leak": LeakJob(num_splits=10),
    "costs": ActivationCostJob(),
    "curves": ActivationCurvesJob(("relu", "tanh")),
    "dead units": DeadUnitsJob((("a", tiny(activation="relu"), 0.0), ("b", ELU, -1.0))),
    "positive inputs": PositiveInputsJob(num_steps=20),
    "gallery": GalleryJob(tiny(**DIGITS), "flip", 1.0),
    "batch": BatchJob(tiny(**DIGITS)),
    "shifted": ShiftedJob(tiny(**DIGITS), ("shift",)),
}  # fmt: skip


def job_classes() -> set[type]:
    """All that can be run, the protocols aside."""
    names = [module.name for module in pkgutil.walk_packages(playground.jobs.__path__, "playground.jobs.")]
    found = [one for name in names for one in vars(importlib.import_module(name)).values() if inspect.isclass(one)]
    return {one for one in found if "frames" in vars(one) and not getattr(one, "_is_protocol", False)}


def test_every_kind_of_job_is_looked_at():
    assert {type(job) for job in JOBS.values()} == job_classes()


def is_a_way(fractions) -> bool:
    """From within [0, 1] to 1, and never back."""
    return fractions[0] >= 0 and fractions == sorted(fractions) and fractions[-1] == 1


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_a_fraction_never_falls_and_ends_at_one(job):
    seen = [snapshot for snapshot in snapshots_of(job, SHORT) if snapshot]
    assert is_a_way([snapshot.fraction for snapshot in seen])
    assert all(snapshot.seconds_left is None or snapshot.seconds_left >= 0 for snapshot in seen)


@pytest.mark.parametrize(("name", "count", "leap"), [("search", 1, 0.5), ("search", 5, 0.8), ("repeated", 5, 0.8)])
def test_neither_does_that_of_parts_side_by_side(name, count, leap):
    job = DIVIDED[name]
    ways = [snapshots_of(part, SHORT) for part in job.parts(count)]
    assert len(ways) == count
    longest = max(map(len, ways))
    together = [[way[min(turn, len(way) - 1)] for way in ways] for turn in range(longest)]
    fractions = [job.joined([None] * count).fraction, *(job.joined(snapshots).fraction for snapshots in together)]
    assert is_a_way(fractions)
    assert max(after - before for before, after in pairwise(fractions)) <= leap, "each portion counts for its share"
