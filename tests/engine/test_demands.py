"""What is too much is refused before a worker hears of it."""

from dataclasses import dataclass

import pytest

from playground.config import Config
from playground.engine import Engine, EngineFull, Limits
from playground.engine.demands import configs_of, refuse_too_much
from playground.jobs.comparison.job import CompareJob
from playground.jobs.search.job import SearchJob
from playground.jobs.signal.job import SignalJob
from playground.jobs.training.job import TrainJob
from playground.train.search.space import parse_space

SMALL = Limits(max_parameters=1_000, max_layers=3, max_samples=500, max_epochs=20)
FITS = {"num_samples": 500, "num_epochs": 20, "hidden_sizes": (8, 8, 8)}


def config(**fields):
    return Config.parse(FITS | fields)


TOO_MUCH = {
    "max_samples": (config(num_samples=501), "Samples must be at most 500 on this server, but 501 came; take fewer."),
    "max_epochs": (config(num_epochs=21), "Epochs must be at most 20 on this server, but 21 came; take fewer."),
    "max_layers": (config(hidden_sizes=(2,) * 4), "must be at most 3 on this server, but 4 came"),
    "max_parameters": (config(hidden_sizes=(30, 30)), "must be at most 1,000 on this server, but 1,082 came"),
}


@dataclass(frozen=True)
class NestedJob:
    """A lesson that keeps Configs where it likes."""

    runs: tuple
    numbers: tuple = (1.0, 2.0)


def test_what_fits_is_not_refused():
    refuse_too_much(TrainJob(config()), SMALL)


@pytest.mark.parametrize("name", TOO_MUCH)
def test_each_limit_is_one_sentence_with_the_limit_and_the_way_out(name):
    too_much, sentence = TOO_MUCH[name]
    with pytest.raises(EngineFull) as caught:
        refuse_too_much(TrainJob(too_much), SMALL)
    assert sentence in str(caught.value)
    assert "; take " in str(caught.value) and str(caught.value).count(".") == 1


def test_an_engine_refuses_it_when_it_is_submitted():
    with pytest.raises(EngineFull, match="Samples"):
        Engine(SMALL).submit(TrainJob(config(num_samples=501)), owner="a")


def test_runs_of_several_seeds_count_together():
    refuse_too_much(TrainJob(config(num_seeds=5)), SMALL)
    with pytest.raises(EngineFull, match="Parameters"):
        refuse_too_much(TrainJob(config(num_seeds=6)), SMALL)


@pytest.mark.parametrize(
    "job",
    [
        CompareJob((("a", config()), ("b", config(num_samples=501)))),
        NestedJob(({"deep": [config(), (config(num_samples=501),)]},)),
        SearchJob(config(num_samples=501), parse_space("learning_rate:0.1..1")),
        SearchJob(config(), parse_space("dropout:0..0.5,num_samples:100..501")),
    ],
    ids=["compare", "nested", "search", "searched"],
)
def test_a_config_is_found_wherever_a_job_keeps_it(job):
    with pytest.raises(EngineFull, match="Samples must be at most 500 on this server, but 501 came"):
        refuse_too_much(job, SMALL)


def test_a_lesson_that_sizes_its_own_network_is_measured_by_that_network():
    with pytest.raises(EngineFull, match="layers"):
        refuse_too_much(SignalJob(config(), width=8, depth=4), SMALL)


def test_a_choice_that_is_searched_counts_with_its_largest_network():
    job = SearchJob(config(hidden_sizes=(20, 20)), parse_space("activation:relu|maxout"))
    with pytest.raises(EngineFull, match="Parameters"):
        refuse_too_much(job, SMALL)
    assert {config.activation for config in configs_of(job)} >= {"relu", "maxout"}


def test_the_defaults_let_every_lesson_be():
    refuse_too_much(TrainJob(Config.parse({"num_epochs": 10_000, "num_samples": 20_000})), Limits())
    refuse_too_much(SignalJob(Config()), Limits())
    with pytest.raises(EngineFull, match="at most 10,000,000 on this server, but 50,055,002 came"):
        refuse_too_much(TrainJob(Config.parse({"hidden_sizes": (1000,) * 51})), Limits())
