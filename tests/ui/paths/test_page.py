"""The page "Optimizer paths" without a browser, over a real engine with one worker."""

import pytest
import streamlit as st

from playground.catalog import OPTIMIZERS, SCHEDULES, SURFACES
from playground.charts.byte_message import parse_byte_message
from playground.ui.paths import view as optimizer_paths
from playground.ui.router import FOLDER
from playground.ui.words import plain
from tests.ui.form_fields import canvases, fields
from tests.ui.lesson_page import opened_lesson, settled


@pytest.fixture
def opened(engine):
    with opened_lesson("paths") as at:
        yield at


def control(at, name):
    groups = (at.selectbox, at.multiselect, fields(at), at.text_input, at.get("button_group"))
    widgets = [widget for group in groups for widget in group]
    names = (name, f"{surface(at)}_{name}")
    keys = {f"optimizer_paths_{one}" for one in names}
    return next(widget for widget in widgets if widget.key and widget.key.partition("@")[0] in keys)


def surface(at):
    return next(widget for widget in at.selectbox if widget.key == "optimizer_paths_surface").value


def change(at, **values):
    for name, value in values.items():
        control(at, name).set_value(value)
        at.run()
    return settled(at)


def drawn(at):
    """Header and arrays of the canvas."""
    (canvas,) = canvases(at)
    return parse_byte_message(canvas.proto.bytes)


def labels(at):
    return [path["label"] for path in drawn(at)[0]["paths"]]


def text(at):
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.warning))


def test_the_first_picture_is_complete(opened):
    header, arrays = drawn(opened)
    assert labels(opened) == ["SGD", "SGD with momentum", "RMSProp", "Adam"]
    assert len(arrays["points_0"]) == 2 * 101 and header["start"] == [1, 1]
    assert "One learning rate for all: **0.09**." in text(opened)
    assert "Distill, 2017" in text(opened)
    table = opened.table[0].value
    assert "no" not in table["Agrees"].tolist() and len(table) >= 6
    assert len(opened.get("vega_lite_chart")) == 1


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_is_drawn_with_its_own_settings_and_says_what_to_see(opened, surface):
    row = SURFACES[surface]
    header, _ = drawn(change(opened, surface=surface))
    assert header["start"] == list(map(float, row.start)) and header["steps"] == row.steps
    assert header["kind"] == row.spacing
    assert {path["status"] for path in header["paths"]} == {"finished"}
    assert f"One learning rate for all: **{row.learning_rate:g}**." in text(opened) and row.sees in text(opened)


def test_every_control_changes_the_paths(opened):
    before = drawn(opened)[1]["points_1"]
    changes = {
        "optimizers": ["sgd", "momentum"],
        "learning_rate": "0.03",
        "momentum": 0.5,
        "schedule": next(name for name in SCHEDULES if "min_lr" in SCHEDULES[name].uses),
        "kappa": "30",
        "angle": 45.0,
        "start": "-1, 0.5",
        "steps": 150,
    }
    for name, value in changes.items():
        after = drawn(change(opened, **{name: value}))[1]["points_1"]
        assert name == "optimizers" or before.tolist() != after.tolist(), name
        before = after
    assert labels(opened) == ["SGD", "SGD with momentum"]


def test_all_eight_at_their_own_rates(opened):
    change(opened, optimizers=list(OPTIMIZERS), steps=50, rates="usual")
    assert len(labels(opened)) == len(OPTIMIZERS)
    assert text(opened).count("usual learning rate: SGD **0.1**") == 1
    change(opened, rates="best")
    assert "its own best learning rate: of a short sweep" in text(opened)


def test_what_cannot_be_is_said_and_mended(opened):
    at = change(opened, start="nowhere")
    assert plain("start: must be two numbers x,y") in at.warning[0].value
    at = change(at, start="1, 1")
    assert not at.warning and drawn(at)
    at = change(at, optimizers=[])
    assert "choose at least one" in at.warning[0].value


def test_no_theory_where_there_is_none(opened):
    at = change(opened, surface="himmelblau", optimizers=["sgd", "adadelta"])
    assert not at.table and "Nothing in closed form" in text(at)


def test_a_surface_loads_its_own_settings_and_keeps_what_was_changed_there(opened):
    change(opened, learning_rate="0.03")
    assert "settings of your own" in text(opened)
    assert SURFACES["plateau"].sees in text(change(opened, surface="plateau"))
    assert control(change(opened, surface="quadratic"), "learning_rate").value == "0.03"


def test_settings_are_found_again(opened):
    change(opened, surface="beale", steps=70)
    opened.switch_page(str(FOLDER / "reference.py")).run()
    at = settled(opened.switch_page(str(FOLDER / "paths.py")).run())
    assert control(at, "surface").value == "beale" and control(at, "steps").value == 70
    assert drawn(at)[0]["steps"] == 70


def test_an_optimizer_is_taken_along_to_train(opened):
    change(opened, learning_rate="0.03", momentum=0.8)
    control(opened, "along").set_value("momentum")
    opened.run()
    next(button for button in opened.button if button.label == "Try it on Train").click().run()
    config = opened.session_state["config"]
    assert (config.optimizer, config.learning_rate, config.momentum) == ("momentum", 0.03, 0.8)
    assert opened.title[0].value.startswith("Train")


@pytest.mark.parametrize("place", [None, [1], ["a", 2], {"x": 1}, [float("nan"), 1], [True, 1]])
def test_a_start_from_a_hostile_browser_is_ignored(monkeypatch, place):
    state = {"optimizer_paths_canvas": {"start": place}, "optimizer_paths_surface": "quadratic"}
    monkeypatch.setattr(st, "session_state", state)
    optimizer_paths._take_start()
    assert "optimizer_paths_quadratic_start" not in state


def test_a_start_from_the_map_becomes_the_control(monkeypatch):
    state = {"optimizer_paths_canvas": {"start": [0.123456, -2]}, "optimizer_paths_surface": "quadratic"}
    monkeypatch.setattr(st, "session_state", state)
    optimizer_paths._take_start()
    assert state["optimizer_paths_quadratic_start"] == "0.1235, -2"
