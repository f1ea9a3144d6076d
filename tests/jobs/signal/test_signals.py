"""SignalsJob: the lecture's five stacks and residual stacks, with what theory and the command line say of them."""

import pytest

from playground.catalog.signal_cases import SIGNAL_CASES
from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.signal.job import SignalJob
from playground.jobs.signal.signals import SignalsJob
from playground.jobs.signal.theory import how_far_theory_holds, weight_gain, why_no_theory

SMALL = {"samples": 60, "width": 12, "depth": 3}


def last(job):
    frames = job.frames()
    next(frames)
    while not (snapshot := frames.send(Turn(seconds=60))).has_ended:
        pass
    return snapshot


@pytest.fixture(scope="module")
def cases():
    """Name -> what flows through 10 layers of 500 units; forward is enough."""
    jobs = [SignalJob(Config.parse(row.defaults), samples=200, has_backward=False) for row in SIGNAL_CASES.values()]
    return dict(zip(SIGNAL_CASES, last(SignalsJob(tuple(jobs))).signals, strict=True))


CRITERIA = {  # standard deviation of the first and of the last layer
    "tanh_small": lambda first, last: last < 1e-6,
    "tanh_large": lambda first, last: last > 0.98,
    "tanh_xavier": lambda first, last: 0.20 < last < 0.26,
    "relu_xavier": lambda first, last: 2**-4.5 / 1.5 < last / first < 2**-4.5 * 1.5,
    "relu_he": lambda first, last: 0.55 < last < 1.2,
}


@pytest.mark.parametrize("name", SIGNAL_CASES)
def test_the_lectures_cases_do_what_the_lecture_says(cases, name):
    assert CRITERIA[name](cases[name].layers[0].std, cases[name].layers[-1].std)


@pytest.mark.parametrize("name", ["tanh_xavier", "relu_he"])
def test_the_weights_of_a_plain_linear_layer_do_not_meet_them(name):
    """nn.Linear's own weights have a third of the variance, and a bias."""
    config = Config.parse({**SIGNAL_CASES[name].defaults, "initializer": "torch_default"})
    layers = last(SignalJob(config, samples=200, has_backward=False)).layers
    assert not CRITERIA[name](layers[0].std, layers[-1].std)


@pytest.mark.parametrize("name", SIGNAL_CASES)
def test_theory_meets_the_same_criteria(cases, name):
    theory = cases[name].theory
    assert CRITERIA[name](theory[0].std, theory[-1].std)


def test_each_signal_is_what_it_would_be_alone():
    jobs = tuple(SignalJob(Config(activation=name), **SMALL) for name in ("tanh", "relu"))
    assert [signal.result for signal in last(SignalsJob(jobs)).signals] == [last(job).result for job in jobs]


def test_without_a_pass_back_the_forward_numbers_are_the_same():
    both = [last(SignalJob(Config(), **SMALL, has_backward=flag)) for flag in (True, False)]
    assert [layer.std for layer in both[0].layers] == pytest.approx([layer.std for layer in both[1].layers])
    assert both[0].layers[0].gradients is not None and both[1].layers[0].gradients is None
    assert both[1].backward[0].histogram is None


def test_progress_counts_signals_and_a_stop_ends_all():
    job = SignalsJob(tuple(SignalJob(Config(seed=seed), **SMALL) for seed in range(4)))
    frames = job.frames()
    assert next(frames).signals == ()
    first = frames.send(Turn(seconds=60))
    assert (first.status, first.fraction, len(first.signals)) == ("running", 0.25, 1)
    assert frames.send(Turn(seconds=60, wants_snapshot=False)) is None
    stopped = frames.send(Turn(stop=True))
    assert (stopped.status, len(stopped.signals)) == ("stopped", 3)
    with pytest.raises(StopIteration):
        frames.send(Turn())


def test_residual_blocks_triple_the_mean_square_unless_their_last_layer_starts_at_0():
    fields = {"activation": "relu", "residual": True}
    jobs = [SignalJob(Config(**fields, zero_init_residual=flag), width=200, depth=6) for flag in (False, True)]
    grown, kept = (
        [layer.mean**2 + layer.std**2 for layer in signal.layers] for signal in last(SignalsJob(tuple(jobs))).signals
    )
    assert (grown[-1] / grown[0]) ** (1 / 5) == pytest.approx(3, rel=0.15)
    assert (grown[-1] / grown[0]) ** (1 / 5) != pytest.approx(2, rel=0.15), "a branch without its own He layer"
    assert kept == pytest.approx([kept[0]] * 6)


# What `signal --json` prints beside the layers.


def test_the_result_has_the_gradients_and_the_theory_of_every_layer():
    snapshot = last(SignalJob(Config(activation="tanh"), **SMALL))
    assert [row["std"] for row in snapshot.result["gradients"]] == [back.std for back in snapshot.backward]
    assert [row["gradient_std"] for row in snapshot.result["theory"]][-1] == pytest.approx(snapshot.backward[-1].std)
    assert {len(snapshot.result[name]) for name in ("layers", "gradients", "theory")} == {3}


def test_gradients_do_not_depend_on_how_many_samples_pass():
    few, many = (last(SignalJob(Config(), width=50, depth=3, samples=number)) for number in (500, 2000))
    assert [back.std for back in few.backward] == pytest.approx([back.std for back in many.backward], rel=0.1)
    assert few.layers[0].grad_norm != pytest.approx(many.layers[0].grad_norm, rel=0.1), "the mean's gradient does"


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"normalization": "batch"}, "normalization"),
        ({"initializer": "zeros"}, "all equal"),
        ({"initializer": "constant"}, "all equal"),
        ({"initializer": "lsuv"}, "unit variance"),
        ({"dropout": 0.5}, "dropped"),
    ],
    ids=str,
)
def test_where_theory_does_not_apply_there_is_no_line(fields, word):
    job = SignalJob(Config.parse(fields), **SMALL)
    assert word in why_no_theory(job.config)
    assert last(job).theory == () and last(job).result["theory"] == []


def test_what_theory_takes_for_granted():
    assert "independent" in how_far_theory_holds(Config(initializer="orthogonal"))
    assert "infinitely wide" in how_far_theory_holds(Config())
    sizes = {"activation": "relu", "hidden_sizes": (100, 100)}
    assert weight_gain(Config(**sizes)) == pytest.approx(2)
    assert weight_gain(Config(**sizes, initializer="xavier_lecture", init_scale=3)) == pytest.approx(9)
    assert weight_gain(Config(**sizes, initializer="zeros")) is None
