"""The drawn schedule: its points in the Config, the link, the command line and the training."""

import json
import subprocess
import sys

import numpy as np
import pytest

from playground.catalog import SCHEDULES
from playground.catalog.schedules import CUSTOM, DRAWN, Shape
from playground.config import Config
from playground.fields import SPECS
from playground.link import decode, encode
from playground.parsing import ConfigError, entry_text, parse_value
from playground.rules import unused_fields
from playground.spec import Spec
from playground.train.trainer import Trainer
from playground.ui.fields.widgets import to_widget
from playground.ui.words import command_line
from tests.aids.training import go_on, tiny

POINTS = ((0.0, 0.1), (0.25, 1.0), (0.6, 0.3), (0.9, 10.0))
TEXT = "0:0.1,0.25:1,0.6:0.3,0.9:10"
FINEST = tuple((k / 20 + 0.012345678901234567, 1 / (k + 3)) for k in range(20))


def test_factors_are_those_of_linear_interpolation():
    shape = Shape(num_epochs=7, step_size=1, gamma=0.5, floor=0.2, points=POINTS)
    fractions, factors = zip(*POINTS, strict=True)
    drawn = [SCHEDULES[CUSTOM].factor(step, 1000, shape) for step in range(1001)]
    assert drawn == pytest.approx(np.interp(np.arange(1001) / 1000, fractions, factors), rel=1e-12)


def test_before_the_first_and_after_the_last_point_the_line_is_level():
    shape = Shape(num_epochs=1, step_size=1, gamma=0.5, floor=0.0, points=((0.25, 0.5), (0.75, 2.0)))
    assert [SCHEDULES[CUSTOM].factor(step, 8, shape) for step in (0, 2, 4, 6, 7)] == [0.5, 0.5, 1.25, 2.0, 2.0]


def test_the_rate_of_each_update_follows_the_points():
    trainer = Trainer(tiny(schedule=CUSTOM, schedule_points=TEXT, learning_rate=0.02, num_epochs=5))
    rates = []
    for _ in range(trainer.total_steps):
        rates.append(trainer.learning_rate)
        go_on(trainer, 1)
    steps = np.arange(20) / 20
    assert rates == pytest.approx(0.02 * np.interp(steps, *zip(*POINTS, strict=True)), rel=1e-12)


@pytest.mark.parametrize("value", [TEXT, " 0 : 0.1, 0.25:1,0.6:0.3 ,0.9:1e1", POINTS, [list(pair) for pair in POINTS]])
def test_points_may_come_as_text_or_numbers(value):
    assert Config.parse({"schedule_points": value}).schedule_points == POINTS


@pytest.mark.parametrize("points", [POINTS, DRAWN, FINEST], ids=["points", "default", "finest"])
def test_points_come_back_from_every_way_of_writing_them(points):
    config = Config.parse({"schedule": CUSTOM, "schedule_points": points})
    assert decode(encode(config)) == (config, {})
    assert Config.parse(json.loads(config.model_dump_json())) == config
    words = [word.strip("'").partition("=") for word in command_line(config).split() if "=" in word]
    assert Config.parse({name: value for name, _, value in words}) == config
    assert Config.parse({"schedule_points": to_widget(SPECS["schedule_points"], points)}).schedule_points == points
    assert ",".join(map(entry_text, POINTS)) == TEXT


HOSTILE = [
    "", "none", "0:1", "0:1,", "0:1,1", "0:1,1:1:1", "0:1,1:", ":1,1:1", "0:1,1:x", "0:1,0:1", "0.5:1,0.2:1", "1,2",
    "0:1,1:10.1", "0:-0.1,1:1", "-0.1:1,1:1", "0:1,1.1:1", "0:nan,1:1", "nan:1,1:1", "0:1,1:inf", "0:1;1:1",
    5, None, True, {}, {"0": 1, "1": 2}, [[0, 1]], [[0, 1], [1]], [[0, 1], [1, 1, 1]], [[0, True], [1, 1]],
    [[0, 1], [1, None]], [[0, 1], [1, [1]]], [[0, 1], 1], [["0:1", "1:1"]], [[0, 10**400], [1, 1]],
    [[k / 21, 1] for k in range(21)], [[0, 1]] * 100_000, "0:1," * 3_000,
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=[repr(value)[:30] for value in HOSTILE])
def test_bad_points_are_refused_in_one_sentence(value):
    with pytest.raises(
        ConfigError, match=r"^schedule_points: must be 2 to 20 pairs fraction:factor, .* came"
    ) as caught:
        Config.parse({"schedule_points": value})
    assert len(str(caught.value)) < 300
    config, problems = Config.salvage({"schedule_points": value, "seed": 3})
    assert (config, set(problems)) == (Config(seed=3), {"schedule_points"})


def test_bounds_are_those_of_the_spec():
    spec = Spec(
        label="", help="", group="", low=-1, high=1, is_sequence=True, is_pairs=True, min_length=1, max_length=1
    )
    assert parse_value("points", spec, (), "1:-1") == ((1.0, -1.0),)


def test_only_the_drawn_schedule_uses_the_points():
    for name in SCHEDULES:
        assert ("schedule_points" in unused_fields(Config.parse({"schedule": name}))) == (name != CUSTOM)


def test_the_command_line_trains_with_the_points(root):
    words = ["schedule=custom", f"schedule_points={TEXT}", "num_samples=40", "num_epochs=4", "hidden_sizes=4"]
    command = [sys.executable, "-m", "playground", "train", *words, "learning_rate=0.1", "--json", "-"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["config"]["schedule_points"] == [list(pair) for pair in POINTS]
    assert result["history"]["learning_rate"][-1] == pytest.approx(0.1 * np.interp(7 / 8, *zip(*POINTS, strict=True)))


def test_the_command_line_names_bad_points(root):
    command = [sys.executable, "-m", "playground", "train", "schedule_points=1:1,0:1"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("schedule_points: must be 2 to 20 pairs") and done.stderr.count("\n") == 1
