"""The lesson on normalization: each part opens, and each control changes what is computed."""

from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from playground.ui.normalization import sweep
from playground.ui.router import FOLDER, SCRIPT
from tests.ui.form_fields import field
from tests.ui.looking import WAIT_SECONDS, looks


@pytest.fixture
def lesson(engine, monkeypatch):
    monkeypatch.setattr(sweep, "BATCH_SIZES", (64, 1))
    monkeypatch.setattr(sweep, "RATES", (0.3, 3.0))
    monkeypatch.setattr(sweep, "SCALES", (0.01, 0.1))
    for start in ("BATCH_START", "RATE_START", "SCALE_START"):
        monkeypatch.setattr(sweep, start, {**getattr(sweep, start), "num_samples": 400})
    at = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS)
    return answered(at.switch_page(str(FOLDER / "normalization.py")).run())


def answered(at):
    """Look again until nothing is computed any more."""
    waiting = looks()
    while at.get("progress") or not said(at):
        assert not at.exception and not at.error and next(waiting, waiting) is None
        at.run()
    assert not at.exception
    return at


def said(at):
    """What the numbers say."""
    return next((block.value for block in at.markdown if "What the numbers say" in block.value), "")


def look_at(at, part):
    return answered(at.segmented_control(key="normalization_part").set_value(part).run())


def change(at, widget, value):
    """Set a control; what the numbers say before and after."""
    before = said(at)
    answered(widget.set_value(value).run())
    return before, said(at)


def test_the_chosen_normalization_decides_how_many_cells_share_a_mean(lesson):
    assert "Batch: 36 cells share" in said(lesson)
    for kind, cells in {"layer": 54, "instance": 9, "group": 27}.items():
        answered(lesson.segmented_control(key="tensor_kind").set_value(kind).run())
        assert f"{cells} cells share" in said(lesson)


@pytest.mark.parametrize(
    ("name", "value"),
    [("num_samples", 2), ("num_channels", 4), ("side", 2), ("seed", 1), ("channel", 1), ("gain", 2.0), ("shift", 1.0)],
)
def test_controls_of_the_tensor(lesson, name, value):
    before, after = change(lesson, field(lesson, f"tensor_{name}"), value)
    assert before != after


def test_sample_position_groups_and_colours(lesson):
    answered(lesson.segmented_control(key="tensor_kind").set_value("group").run())
    before, after = change(lesson, field(lesson, "tensor_sample"), 1)
    assert before != after
    before, after = change(lesson, lesson.selectbox(key="tensor_groups_6"), 3)
    assert "27 cells" in before and "18 cells" in after
    formula = [block.value for block in lesson.markdown if "the chosen cell" in block.value]
    change(lesson, field(lesson, "tensor_position"), 1)
    assert formula != [block.value for block in lesson.markdown if "the chosen cell" in block.value]
    change(lesson, lesson.segmented_control(key="tensor_shown"), "after")


def test_undoing_is_whole_with_batch_norm_alone(lesson):
    _, batch = change(lesson, lesson.toggle(key="tensor_undoes"), True)
    assert "Undone: with" in batch
    _, layer = change(lesson, lesson.segmented_control(key="tensor_kind"), "layer")
    assert "Undone in the chosen sample alone" in layer


def test_a_smaller_tensor_moves_the_chosen_cell_in(lesson):
    answered(field(lesson, "tensor_num_samples").set_value(1).run())
    assert field(lesson, "tensor_sample").value == 1


def test_running_statistics(lesson):
    look_at(lesson, "Running statistics")
    assert "closed form" in said(lesson) and "Wu and Johnson" in said(lesson)
    for name, value in {"batch_size": 32, "seed": 1, "layer": 2, "unit": 5}.items():
        before, after = change(lesson, field(lesson, f"running_{name}"), value)
        assert before != after
    before, after = change(lesson, lesson.selectbox(key="running_momentum"), 0.01)
    assert before != after
    before, after = change(lesson, field(lesson, "running_learning_rate"), "0.3")
    assert before != after
    before, after = change(lesson, field(lesson, "running_num_epochs"), 2)
    assert "After 42 steps" in before and "After 84 steps" in after


def test_a_start_by_running_averages_and_by_fresh_statistics(lesson):
    look_at(lesson, "Running statistics")
    _, deep = change(lesson, lesson.selectbox(key="running_case"), "deep")
    assert "training loss is 3,106" in deep and "spread 1.31, 7.09, 41.1, 265" in deep
    assert "it is 8.88, and they spread 0.577" in deep
    change(lesson, field(lesson, "running_deep_seed"), 1)
    _, whole = change(lesson, lesson.selectbox(key="running_case"), "whole")
    assert "After step 10: training loss 0.98" in whole and "and 0.55" in whole
    assert field(lesson, "running_whole_seed").value == 0


def test_running_statistics_of_one_sample_are_refused(lesson):
    field(look_at(lesson, "Running statistics"), "running_batch_size").set_value(1).run()
    assert "at least 2 samples" in lesson.warning[0].value


def test_weight_scale(lesson):
    look_at(lesson, "Weight scale")
    before, after = change(lesson, lesson.select_slider(key="factor_factor"), 100.0)
    assert "a = 10 " in before and "a = 100 " in after
    controls = (
        (lesson.selectbox, "factor_epsilon", 1e-12),
        (partial(field, lesson), "factor_batch_size", 8),
        (partial(field, lesson), "factor_seed", 1),
    )
    for widget, key, value in controls:
        before, after = change(lesson, widget(key=key), value)
        assert before != after


def test_batch_sizes(lesson):
    look_at(lesson, "Batch size")
    assert "Batch at 1 is refused" in said(lesson)
    lesson.get("button_group")[1].set_value(["none", "batch"]).run()
    answered(field(lesson, "batches_num_epochs").set_value(1).run())
    for widget, key, value in (
        (partial(field, lesson), "batches_learning_rate", "0.1"),
        (partial(field, lesson), "batches_seed", 1),
        (lesson.toggle, "batches_scales_rate", False),
    ):
        before, after = change(lesson, widget(key=key), value)
        assert before != after
    assert "Layer" not in said(lesson)


@pytest.mark.parametrize(
    ("part", "name", "other", "value"),
    [
        ("Learning rate", "rates", "initializer", "kaiming_normal"),
        ("First weights", "scales", "learning_rate", "0.003"),
    ],
)
def test_sweeps_to_a_level(lesson, part, name, other, value):
    look_at(lesson, part)
    answered(field(lesson, f"{name}_num_epochs").set_value(2).run())
    _, after = change(lesson, lesson.slider(key=f"{name}_level"), 0.3)
    assert "30%" in after
    answered(field(lesson, f"{name}_seed").set_value(1).run())
    answered(lesson.selectbox(key=f"{name}_activation").set_value("tanh").run())
    control = field(lesson, f"{name}_{other}") if other == "learning_rate" else lesson.selectbox(key=f"{name}_{other}")
    answered(control.set_value(value).run())
    assert "reach" in said(lesson)
    answered(lesson.selectbox(key=f"{name}_run_none_batch").select_index(0).run())


def test_without_a_normalization_nothing_is_trained(lesson):
    look_at(lesson, "Learning rate").get("button_group")[1].set_value([]).run()
    assert "at least one" in lesson.warning[0].value


@pytest.mark.parametrize(
    ("part", "button", "fields"),
    [
        ("Who shares a mean", "try_tensor", {"normalization": "batch", "num_groups": 2}),
        ("Running statistics", "try_running", {"normalization": "batch", "batch_size": 16, "dataset": "digits"}),
        ("Learning rate", "try_rates", {"normalization": "batch", "learning_rate": 3.0}),
        ("Weight scale", "try_factor", {"normalization": "batch", "init_scale": 10.0}),
    ],
)
def test_the_settings_go_to_train(lesson, part, button, fields):
    look_at(lesson, part).button(key=button).click().run()
    config = lesson.session_state["config"]
    assert {name: getattr(config, name) for name in fields} == fields
