"""CompareJob: several runs side by side, each as it would be alone."""

import numpy as np
import pytest

from playground.jobs.comparison.job import MOST_RUNS, CompareJob
from playground.jobs.job import Turn
from playground.parsing import ConfigError
from playground.presets import PRESETS
from tests.aids.training import rows, tiny, trained
from tests.jobs.turns import snapshots_of

RUNS = (
    ("constant", tiny(dropout=0.3, learning_rate=0.1)),
    ("cosine", tiny(dropout=0.3, learning_rate=0.1, schedule="cosine")),
    ("averaged", tiny(dropout=0.3, learning_rate=0.1, ema_decay=0.9)),
    ("longer", tiny(dropout=0.3, num_epochs=5, batch_size=4, schedule="plateau")),
)


@pytest.mark.parametrize("turn", [Turn(seconds=60), Turn(seconds=60, max_steps=3), Turn(seconds=0.002)], ids=repr)
def test_each_run_is_exactly_what_it_is_alone(turn):
    last = snapshots_of(CompareJob(RUNS), turn)[-1]
    assert (last.status, last.fraction) == ("finished", 1.0)
    for run, (name, config), result in zip(last.runs, RUNS, last.result["runs"], strict=True):
        alone = trained(config)
        assert (run.name, run.status, result["name"]) == (name, "finished", name)
        assert result["history"] == rows(alone)
        assert list(run.history["val_loss"]) == rows(alone)["val_loss"]
        assert run.final == result["final"] and run.final["val_loss"] == rows(alone)["val_loss"][-1]


def test_equal_seeds_start_from_equal_data_and_weights():
    last = snapshots_of(CompareJob(RUNS[:3]), Turn(seconds=60))[-1]
    firsts = {(run.history["train_loss"][0], run.history["val_loss"][0]) for run in last.runs}
    assert len(firsts) == 1


def test_another_seed_is_another_start():
    """The wrong variant: side by side, but not from the same start."""
    job = CompareJob((RUNS[0], ("other", RUNS[0][1].replace(seed=1))))
    last = snapshots_of(job, Turn(seconds=60))[-1]
    assert len({run.history["train_loss"][0] for run in last.runs}) == 2


def test_all_come_equally_far():
    for snapshot in snapshots_of(CompareJob(RUNS[:3]), Turn(seconds=60, max_epochs=1))[1:]:
        assert len({run.history["epoch"][-1] for run in snapshot.runs}) == 1


def test_the_rate_of_each_update_is_told_with_its_epoch():
    run = snapshots_of(CompareJob(RUNS[1:2]), Turn(seconds=60))[-1].runs[0]
    assert run.rates["epoch"] == pytest.approx(np.arange(8) / 4)
    assert run.rates["learning_rate"] == pytest.approx(0.05 * (1 + np.cos(np.pi * np.arange(8) / 8)))


def test_a_stopped_comparison_keeps_what_it_has():
    frames = CompareJob(RUNS).frames()
    next(frames)
    frames.send(Turn(seconds=60, max_epochs=1))
    last = frames.send(Turn(stop=True))
    assert last.status == "stopped" and last.fraction < 1
    assert {run.status for run in last.runs} == {"stopped"}
    assert all(run.history["epoch"][-1] == 1 and run.final for run in last.runs)


def test_the_runs_share_the_seconds_and_each_says_its_own_speed():
    result = snapshots_of(CompareJob(RUNS[:3]), Turn(seconds=60))[-1].result
    assert len({run["seconds"] for run in result["runs"]}) == 1
    assert sum(run["seconds"] for run in result["runs"]) == pytest.approx(result["seconds"])
    updates = [run["seconds"] * run["steps_per_second"] for run in result["runs"]]
    assert updates == pytest.approx([8, 8, 8]), "two epochs of four batches"


def test_one_that_diverges_does_not_end_the_others():
    job = CompareJob((("wild", tiny(optimizer="sgd", learning_rate=1e6)), RUNS[0]))
    last = snapshots_of(job, Turn(seconds=60))[-1]
    assert (last.status, last.fraction) == ("finished", 1.0)
    assert [run.status for run in last.runs] == ["diverged", "finished"]


def test_a_turn_that_wants_none_gets_none_until_the_end():
    seen = snapshots_of(CompareJob(RUNS[:2]), Turn(seconds=60, max_epochs=1, wants_snapshot=False))
    assert seen[0] is not None and seen[1] is None and seen[-1].has_ended


@pytest.mark.parametrize("runs", [(), RUNS[:1] * 2, tuple((str(k), RUNS[0][1]) for k in range(MOST_RUNS + 1))])
def test_none_too_many_or_two_of_one_name_are_refused(runs):
    with pytest.raises(ConfigError, match=r"^runs: must "):
        CompareJob(runs)


def test_averaging_settles_what_wrong_labels_and_a_constant_rate_keep_jumping():
    """Row 16 of the experiments: the averaged weights are more than 0.01 better, over three seeds."""
    raw, averaged = [], []
    for seed in range(3):
        config = PRESETS["settling"].config.replace(num_epochs=5, seed=seed, device="cpu")
        job = CompareJob((("raw", config), ("averaged", config.replace(ema_decay=0.99))))
        last = snapshots_of(job, Turn(seconds=60))[-1]
        raw.append(last.runs[0].final["val_accuracy"])
        averaged.append(last.runs[1].final["val_accuracy"])
    assert np.mean(averaged) - np.mean(raw) > 0.01
