"""NormalizationSweepJob: each run is what it would be alone, and one that is refused does not stop the others."""

import pytest

from playground.jobs.job import Turn
from playground.jobs.normalization.sweep import NormalizationSweepJob
from playground.parsing import ConfigError
from tests.aids.training import tiny, trained
from tests.jobs.turns import snapshots_of

CONFIG = tiny(learning_rate=0.02, num_epochs=2)
JOB = NormalizationSweepJob(CONFIG, "batch_size", (5, 1), ("none", "batch"), scales_rate=True)


@pytest.fixture(scope="module")
def last():
    return snapshots_of(JOB, Turn(seconds=60))[-1]


def test_runs_come_value_by_value(last):
    assert [(run.value, run.normalization) for run in last.runs] == [
        (5, "none"), (5, "batch"), (1, "none"), (1, "batch"),
    ]  # fmt: skip


def test_each_run_is_what_it_would_be_alone(last):
    for run in last.runs[:3]:
        history = trained(JOB.config_of(run.normalization, run.value)).recorder.history
        assert (run.status, run.epoch) == ("finished", 2)
        assert (run.train_accuracy, run.val_accuracy) == (history.last("train_accuracy"), history.last("val_accuracy"))


def test_batch_normalization_of_one_sample_is_refused_from_the_start(last):
    first = next(JOB.frames()).runs[-1]
    assert first == last.runs[-1]
    assert first.status == "refused" and "at least 2 samples" in first.message
    assert first.val_accuracy is None and JOB.trainable("batch", 1) is None


def test_the_rate_goes_with_the_batch_size():
    assert JOB.config_of("none", 1).learning_rate == pytest.approx(0.02 / 5)
    unscaled = NormalizationSweepJob(CONFIG, "batch_size", (5, 1), ("none",))
    assert unscaled.config_of("none", 1).learning_rate == 0.02
    another = NormalizationSweepJob(CONFIG, "dropout", (0.1,), ("none",), scales_rate=True).config_of("none", 0.1)
    assert (another.dropout, another.learning_rate) == (0.1, 0.02), "the batch size is as it was"


def test_results_come_one_by_one():
    fractions, finished = [], []
    for seen in snapshots_of(JOB, Turn(seconds=0.001)):
        fractions.append(seen.fraction)
        finished.append(sum(run.status == "finished" for run in seen.runs))
    assert set(finished) == {0, 1, 2, 3}
    assert fractions == sorted(fractions) and fractions[-1] == 1


def test_stop_ends_it_with_what_there_is():
    frames = JOB.frames()
    next(frames)
    frames.send(Turn(seconds=0.001))
    seen = frames.send(Turn(stop=True))
    assert seen.status == "stopped" and next(frames, None) is None


def test_a_run_that_diverges_does_not_stop_the_others():
    job = NormalizationSweepJob(tiny(optimizer="sgd", activation="relu"), "learning_rate", (1e6, 0.1), ("none",))
    seen = snapshots_of(job, Turn(seconds=60))[-1]
    assert [run.status for run in seen.runs] == ["diverged", "finished"]
    assert seen.status == "finished"


@pytest.mark.parametrize(
    ("values", "kinds", "word"),
    [((), ("none",), "0 came"), ((5, 5), ("none",), "different"), ((1,), ("batch",), "at least 2 samples")],
)
def test_what_cannot_run_is_refused(values, kinds, word):
    with pytest.raises(ConfigError, match=word):
        NormalizationSweepJob(CONFIG, "batch_size", values, kinds)
