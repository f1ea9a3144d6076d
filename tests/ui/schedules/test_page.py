"""The page "Schedules" without a browser, over a real engine with one worker."""

import pytest
from streamlit.testing.v1 import AppTest

from playground.catalog import SCHEDULES
from playground.catalog.schedules import CUSTOM, PLATEAU
from playground.charts.schedules.pitfalls import PITFALLS
from playground.config import Config
from playground.link import PARAMETER, encode
from playground.ui.router import FOLDER, SCRIPT
from playground.ui.schedules import designer as schedule_designer
from playground.ui.words import plain
from tests.ui.form_fields import fields
from tests.ui.lesson_page import answered
from tests.ui.looking import WAIT_SECONDS

SMALL = Config.parse({"num_samples": 60, "num_epochs": 3, "hidden_sizes": (4,), "dataset": "circle"})


@pytest.fixture
def opened(engine) -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS)
    at.query_params[PARAMETER] = encode(SMALL)
    at = at.switch_page(str(FOLDER / "schedules.py")).run()
    assert not at.exception
    return at


def by_key(at: AppTest, key: str):
    groups = (at.button, at.selectbox, at.slider, at.multiselect, at.text_input, at.toggle, fields(at))
    widgets = [widget for group in (*groups, at.get("button_group"), at.select_slider) for widget in group]
    return next(widget for widget in widgets if widget.key and widget.key.partition("@")[0] == f"schedules_{key}")


def part(at: AppTest, name: str) -> AppTest:
    by_key(at, "part").set_value(name)
    at.run()
    assert not at.exception and not at.error
    return at


def config_of(at: AppTest) -> Config:
    return at.session_state["config"]


def datasets(at: AppTest) -> dict[str, int]:
    """Name of the data of each chart, with the bytes that came."""
    return {data.name: len(data.data.data) for chart in at.get("vega_lite_chart") for data in chart.proto.datasets}


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.warning, *at.info))


def test_every_schedule_is_shown_with_its_formula_and_source(opened):
    for row in SCHEDULES.values():
        assert f"**{row.label}** ${row.formula}$" in said(opened)
        assert row.source in said(opened)
    assert set(datasets(opened)) == {"schedules", "plateau"}


def test_the_chosen_schedules_alone_are_drawn(opened):
    before = datasets(opened)["schedules"]
    by_key(opened, "names").set_value(["cosine"])
    opened.run()
    assert datasets(opened).keys() == {"schedules"}
    assert datasets(opened)["schedules"] < before / 3
    by_key(opened, "names").set_value([])
    assert not opened.run().exception


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *[("num_epochs", 60), ("warmup_fraction", 0.2), ("step_size", 3), ("gamma", 0.6), ("min_lr", 0.002)],
        *[("log", True), ("milestones", "4, 20")],
    ],
)
def test_each_control_changes_the_picture(opened, key, value):
    def drawn() -> bytes:
        charts = opened.get("vega_lite_chart")
        return charts[0].proto.datasets[0].data.data + charts[0].proto.spec.encode()

    before = drawn()
    by_key(opened, key).set_value(value)
    assert not opened.run().exception
    assert drawn() != before


def test_a_cycle_that_the_run_cuts_is_told(opened):
    assert "no multiple of the step size" not in said(opened)
    by_key(opened, "step_size").set_value(7)
    assert "Cosine with restarts: 30 epochs are no multiple of the step size 7" in said(opened.run())


@pytest.mark.parametrize("name", [PLATEAU, "step"])
def test_one_is_taken_along_to_train_with_its_settings(opened, name):
    by_key(opened, "taken").set_value(name)
    by_key(opened, "gamma").set_value(0.6)
    opened.run()
    by_key(opened, "try").click()
    opened.run()
    assert opened.title[0].value.startswith("Train")
    assert (config_of(opened).schedule, config_of(opened).gamma) == (name, 0.6)


def test_a_clash_is_said_in_one_sentence(opened):
    by_key(opened, "taken").set_value("cosine")
    by_key(opened, "min_lr").set_value(5.0)
    opened.run()
    assert plain("min_lr: must not be above the learning rate") in opened.warning[0].value


def test_typed_points_are_used(opened):
    part(opened, "draw")
    by_key(opened, "schedule_points").set_value("0:0.1, 0.2:1, 1:0")
    opened.run()
    assert config_of(opened).schedule != CUSTOM
    by_key(opened, "use").click()
    opened.run()
    assert config_of(opened) == SMALL.replace(schedule=CUSTOM, schedule_points="0:0.1,0.2:1,1:0")
    assert by_key(opened, "use").disabled


def test_bad_points_are_named_and_nothing_is_lost(opened):
    part(opened, "draw")
    by_key(opened, "schedule_points").set_value("0:1, 0:2")
    opened.run()
    assert "must be 2 to 20 pairs" in opened.warning[0].value and not opened.exception


def test_a_known_shape_is_where_to_start(opened):
    part(opened, "draw")
    by_key(opened, "start").set_value("linear")
    opened.run()
    assert by_key(opened, "schedule_points").value.startswith("0:1, 0.1:0.9, 0.2:0.8")
    by_key(opened, "start").set_value(schedule_designer.HOLD)
    opened.run()
    assert by_key(opened, "schedule_points").value == "0:1, 0.5:1, 1:0.01"


@pytest.mark.parametrize("points", [None, "x", [[0, 1]], [[0, 1], [1, 11]], {"a": 1}, [[0, 1]] * 1000])
def test_a_browser_can_send_anything(points, monkeypatch):
    monkeypatch.setattr(schedule_designer, "_write", lambda points: pytest.fail("was taken"))
    schedule_designer._take(points)


def test_the_suggested_rate_is_used_and_not_tested_again(opened):
    answered(part(opened, "rate"))
    assert "The rule: " in said(opened)
    button = by_key(opened, "use_rate")
    suggested = float(button.label.rsplit(" ", 1)[1])
    job = opened.session_state["schedules_range_asked"].job_id
    button.click()
    opened.run()
    assert config_of(opened) == SMALL.replace(learning_rate=suggested)
    assert by_key(opened, "use_rate").disabled
    assert opened.session_state["schedules_range_asked"].job_id == job


def test_schedules_are_compared_on_the_visitors_own_network(opened):
    part(opened, "effect")
    by_key(opened, "base").set_value("own")
    by_key(opened, "compared").set_value(["constant", CUSTOM])
    answered(opened.run())
    table = opened.dataframe[0].value
    assert list(table["Run"]) == ["Constant", "Constant, averaged", "Drawn by you", "Drawn by you, averaged"]
    assert set(datasets(opened)) == {"compare", "compare_rates"}
    assert "Constant: raw " in said(opened)
    by_key(opened, "averaged").set_value(False)
    answered(opened.run())
    assert list(opened.dataframe[0].value["Run"]) == ["Constant", "Drawn by you"]
    by_key(opened, "compared").set_value([])
    opened.run()
    assert plain("runs: must be 1 to 12") in opened.warning[0].value


def test_every_pitfall_is_shown_with_its_code_and_source(opened):
    part(opened, "pitfalls")
    assert len(opened.subheader) == len(opened.code) == len(PITFALLS)
    assert said(opened).count("Source: ") == len(PITFALLS)
