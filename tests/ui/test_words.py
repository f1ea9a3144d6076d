"""Sentences about a run."""

import math
import shlex

import pytest

from playground.config import Config
from playground.engine import View
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.ui import words

AT_100 = TrainingSnapshot(
    epoch=2, num_epochs=10, step=100, seconds=3.0, best={"epoch": 1.0, "val_loss": 0.25, "val_accuracy": 0.9}
)


def seen(status, place=None, **seconds):
    return View(status=status, message="", place=place, snapshot=None, version=1, **seconds)


@pytest.mark.parametrize(
    ("view", "snapshot", "line"),
    [
        (seen("queued", place=3), None, "Waiting for a free place: number 3 in the queue."),
        (
            seen("queued", place=3, wait=200.0),
            None,
            "Waiting for a free place: number 3 in the queue, about 3 min to go.",
        ),
        (seen("running"), None, "Getting ready ..."),
        (seen("gone"), None, "No run yet."),
        (seen("paused"), TrainingSnapshot(), "Ready: press Train."),
        (seen("paused"), AT_100, "Paused at epoch 2 of 10, step 100."),
        (seen("running"), AT_100, "Training: epoch 2 of 10, step 100."),
        (seen("running", left=90.0), AT_100, "Training: epoch 2 of 10, step 100, about 90 s left."),
        (seen("finished"), AT_100, "Finished after 100 steps in 3.0 s of computing."),
        (seen("stopped"), AT_100, "Stopped at epoch 2 of 10, step 100."),
        (seen("diverged"), TrainingSnapshot(epoch=1, num_epochs=10, best={"epoch": 0.0}), "Ended in epoch 1 of 10."),
    ],
)
def test_state_line(view, snapshot, line):
    assert words.state_line(view, snapshot) == line


def test_best():
    assert words.best(AT_100) == "Best: epoch 1, validation loss 0.25, accuracy 90.0%."
    assert (
        words.best(TrainingSnapshot(epoch=9, best={"epoch": 3.0, "val_loss": 2.0}))
        == "Best: epoch 3, validation loss 2."
    )
    assert words.best(TrainingSnapshot()) == "Best: none yet."
    first = {"epoch": 0.0, "val_loss": 2.0}
    assert words.best(TrainingSnapshot(best=first)) == "Best: none yet."
    assert words.best(TrainingSnapshot(epoch=1, best=first)) == "Best: before the first step, validation loss 2."


@pytest.mark.parametrize(("step", "is_told"), [(1, False), (99, False), (100, True)])
def test_a_speed_is_told_from_a_hundred_steps_on(step, is_told):
    line = words.machine_line(TrainingSnapshot(step=step, steps_per_second=307.0))
    assert ("307 steps a second" in line) == is_told


def test_the_network_of_a_picture_is_named_where_there_are_several():
    assert words.shown_network(Config()) == ""
    assert words.shown_network(Config(num_seeds=5, seed=3)) == " Of the first run, seed 3."


def test_the_figures_of_a_diverged_run_say_where_they_are_from():
    assert words.last_finite(TrainingSnapshot()) == []
    assert words.last_finite(TrainingSnapshot(diverged_at=9)) == ["Figures: the last finite ones."]
    (line,) = words.last_finite(TrainingSnapshot(diverged_at=9, present={"step": 8.0}))
    assert line == "Figures and layers: step 8, the last with finite numbers."


def test_whose_weights_are_shown():
    assert words.kept_line(AT_100) == []
    one, many = (TrainingSnapshot(kept={"epoch": epoch, "val_loss": 1.0}) for epoch in (12.0, math.nan))
    assert words.kept_line(one) == ["Figures, answers and layers: weights of epoch 12, the best."]
    assert words.kept_line(many) == ["Figures, answers and layers: weights of each run's best epoch."]


def test_the_command_line_gives_the_config_again():
    config = Config.parse({"hidden_sizes": (), "features": ("x1", "x1_squared"), "learning_rate": 3e-5})
    assert words.command_line(config).startswith("python -m playground train ")
    values = dict(word.split("=", 1) for word in shlex.split(words.command_line(config))[4:])
    assert Config.parse(values) == config


def test_changed_fields_are_named_but_not_all_of_many():
    config = Config()
    assert words.changed_since(config, config) == ""
    assert words.changed_since(config, config.replace(noise=1)).startswith("Changed since this run: Noise. Press")
    assert words.changed_since(config, config.replace(noise=1), is_going=True).startswith(
        "Changed since this run: Noise. Press Reset, then Train,"
    )
    longer = config.replace(num_epochs=400)
    assert longer.step_size != config.step_size, "which a constant schedule does not use"
    assert words.changed_since(config, longer).startswith("Changed since this run: Epochs. Press")
    assert " and " in words.changed_since(config, config.replace(dataset="digits", seed=3, residual=True))


@pytest.mark.parametrize(
    ("loss", "text"), [(1.2345, "1.23"), (0.12345, "0.123"), (0.012345, "0.012"), (math.nan, "–"), (1e30, "1e+30")]
)
def test_a_loss_is_short(loss, text):
    assert words.loss_text(loss) == text


def test_text_from_outside_is_no_markdown():
    assert words.plain("![x](http://a/b) <i> :red[y] $z$ word é") == (
        r"\!\[x\]\(http\:\/\/a\/b\) \<i\> \:red\[y\] \$z\$ word é"
    )


@pytest.mark.parametrize(("seconds", "text"), [(1.26, "1.3 s"), (99.6, "100 s"), (600.0, "10 min")])
def test_duration(seconds, text):
    assert words.duration(seconds) == text
