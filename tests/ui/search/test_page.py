"""The page "Search" without a browser, over a real engine with one worker."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from playground.catalog import SEARCH_METHODS
from playground.catalog.search_methods import SearchMethod
from playground.config import Config
from playground.engine import EngineFull, current_engine
from playground.jobs.search.job import SearchJob
from playground.link import PARAMETER, decode_place, encode
from playground.train.search.axis import Axis
from playground.train.search.space import SEARCHABLE, checked_space, parse_space
from playground.train.search.zoom import zoom_sentence, zoomed
from playground.ui.router import FOLDER, SCRIPT
from playground.ui.search import live as search_live
from playground.ui.search import run as search_run
from playground.ui.search import views as search_views
from playground.ui.search.form import EXAMPLE_CONFIG
from playground.ui.search.ranges import RANGES, first_choices, first_range
from playground.ui.search.space import ranged
from playground.ui.search.stages import stage_label
from playground.ui.visit import latest
from playground.ui.words import plain
from tests.ui.form_fields import fields
from tests.ui.looking import WAIT_SECONDS, look_until, state

SMALL = Config.parse({"num_samples": 60, "num_epochs": 3, "hidden_sizes": (4,), "dataset": "circle"})
ENDLESS = SMALL.replace(num_epochs=10_000, num_samples=2000)


def opened_link(config: Config) -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS)
    at.query_params[PARAMETER] = encode(config)
    return at.switch_page(str(FOLDER / "search.py")).run()


def open_search(config: Config = SMALL, trials: int = 4) -> AppTest:
    """The page with the visitor's own Config, and a search that is quickly done."""
    at = opened_link(config)
    assert not at.exception
    by_key(at, "trials").set_value(trials)
    return at.run()


@pytest.fixture
def opened(engine) -> AppTest:
    return open_search()


def by_key(at: AppTest, key: str):
    groups = (
        at.button,
        at.selectbox,
        at.multiselect,
        at.text_input,
        fields(at),
        at.checkbox,
        at.get("button_group"),
    )
    return next(widget for group in groups for widget in group if widget.key == f"search_{key}")


def started(at: AppTest) -> AppTest:
    by_key(at, "start").click()
    return at.run()


def finished(at: AppTest) -> AppTest:
    return look_until(started(at), "Finished")


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.warning, *at.info))


def stage_of(at: AppTest) -> search_run.Stage:
    return at.session_state["search_stages"][-1]


def test_a_newcomer_sees_where_81_trials_of_each_method_will_be(engine):
    at = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS)
    at = at.switch_page(str(FOLDER / "search.py")).run()
    assert not at.exception and not at.warning
    assert "learning rate: grid tries **9**, random tries **81**" in said(at)
    assert "162 trials, up to 5 epochs each: grid 81 (9 x 9), random 81." in said(at)
    assert "Press Start" in at.info[0].value and "bergstra12a" in said(at)


def test_an_axis_that_is_taken_leaves_the_other_to_a_control_that_was_never_shown(engine):
    at = open_search()
    by_key(at, "fields").set_value(["learning_rate", "weight_decay", "dropout"])
    assert by_key(at.run(), "up").value == "weight_decay"
    by_key(at, "across").set_value("weight_decay")
    assert by_key(at.run(), "up@0.1").value == "learning_rate"
    assert decode_place(at.query_params["p"])[0]["search_across"] == "weight_decay"


def test_a_search_is_seen_to_its_end_and_every_view_shows_it(opened):
    at = finished(opened)
    assert [trial.status for trial in stage_of(at).snapshot.trials] == ["finished"] * 8
    assert "Best accuracy: " in said(at) and "grid tries **2**, random tries **4**" in said(at)
    by_key(at, "view").set_value("Best so far")
    assert "Best accuracy: " in said(at.run())
    by_key(at, "view").set_value("Table")
    table = at.run().dataframe[0].value
    assert list(table["Trial"]) == list(range(1, 9)) and set(table["Status"]) == {"finished"}
    by_key(at, "view").set_value("What matters")
    while stage_of(at).verdict is None:
        at.run()
    assert not at.run().exception and "Breiman" in said(at)


def test_a_trial_that_was_clicked_is_shown_and_opened_on_train(opened):
    at = finished(opened)
    trial = stage_of(at).snapshot.trials[3]
    stage_of(at).chosen = trial.number
    at.run()
    assert "**Random, trial 4**" in said(at) and f"after its best epoch, {trial.best_epoch}" in said(at)
    by_key(at, "try").click()
    at.run()
    assert at.title[0].value == "Train a network"
    assert at.session_state["config"] == SMALL.replace(**trial.params)


@pytest.mark.parametrize(
    "rows", [None, [], [{}], [{"number": "x"}], [{"number": [1]}], [{"number": 99}], ["x"], {"a": 1}]
)
def test_a_browser_can_send_anything(rows, monkeypatch):
    stage = search_run.Stage(SearchJob(SMALL, parse_space("learning_rate:1e-4..1:log"), trials=3), "", 1)
    sent = SimpleNamespace(selection={"clicked": rows})
    monkeypatch.setattr(search_views.st, "session_state", {"panel": sent})
    search_views._take_click(stage, "panel")
    assert stage.chosen is None
    sent.selection = {"clicked": [{"number": 2}]}
    search_views._take_click(stage, "panel")
    assert stage.chosen == 2


def test_a_search_is_held_goes_on_and_is_cancelled_and_what_it_found_stays(engine):
    at = started(open_search(ENDLESS))
    look_until(at, "Searching: 0 of 8")
    by_key(at, "pause").click()
    look_until(at.run(), "Paused: ")
    assert by_key(at, "pause").label == "Resume"
    by_key(at, "pause").click()
    look_until(at.run(), "Searching: ")
    while not stage_of(at).snapshot.trials:
        at.run()
    by_key(at, "cancel").click()
    look_until(at.run(), "Cancelled: ")
    assert {trial.status for trial in stage_of(at).snapshot.trials} == {"stopped"}
    assert by_key(at, "pause").disabled and by_key(at, "cancel").disabled and not by_key(at, "start").disabled


def test_a_finished_search_is_there_when_the_visitor_comes_back(opened):
    at = finished(opened)
    current_engine().free(stage_of(at).job_id)
    at.switch_page(str(FOLDER / "reference.py")).run()
    at.switch_page(str(FOLDER / "search.py")).run()
    assert "Finished: 8 trials" in state(at) and by_key(at, "trials").value == 4


def test_a_reload_finds_the_search_again_and_the_controls_say_it(engine, monkeypatch):
    monkeypatch.setattr(latest, "visitor", lambda: "a" * 43)
    at = open_search()
    by_key(at, "network").set_value("example")
    for key, value in {"method_halving": True, "cut_above": 0.0, "fields": ["dropout"]}.items():
        by_key(at.run(), key).set_value(value)
    by_key(at.run(), "dropout_high").set_value("0.3")
    job = stage_of(started(at.run())).job
    again = opened_link(SMALL)
    assert not again.exception and stage_of(again).job == job and not again.info
    by_key(again, "cancel").click()
    look_until(again.run(), "Cancelled: ")
    assert opened_link(ENDLESS).session_state["search_stages"] == []
    monkeypatch.setattr(latest, "visitor", lambda: "b" * 43)
    assert opened_link(SMALL).session_state["search_stages"] == []


def test_earlier_searches_stay_to_be_looked_at(opened):
    at = finished(opened)
    by_key(at, "trials").set_value(9)
    at.run()
    assert "The controls have changed" in at.info[0].value
    finished(at)
    assert "Finished: 18 trials" in state(at)
    by_key(at, "stage").set_value(1)
    at.run()
    assert "Finished: 8 trials" in state(at)
    assert "Search 1: learning rate 0.0001 to 1 (log), weight decay (L2) 1e-6 to 0.1 (log)." in said(at)


def test_another_start_ends_a_search_that_still_runs(engine):
    at = started(open_search(ENDLESS))
    look_until(at, "Searching: ")
    by_key(at, "own_num_epochs").set_value(3)
    at.run()
    at = finished(at)
    by_key(at, "stage").set_value(1)
    look_until(at.run(), "Cancelled: ")


def test_one_click_zooms_in_and_trains_longer_and_the_first_stage_stays(opened):
    at = finished(opened)
    assert by_key(opened.run(), "pause").disabled
    while by_key(at, "zoom").disabled:  # until a worker has looked for borders
        at.run()
    before = stage_of(at)
    space = zoomed(before.job.space, before.snapshot.trials, before.verdict.borders)
    by_key(at, "zoom").click()
    at = look_until(at.run(), "Finished")
    assert stage_of(at).job == replace(before.job, space=space, config=SMALL.replace(num_epochs=9))
    assert zoom_sentence("Search 2", before.job.space, space, 9) in said(at)
    assert not at.info  # the controls say the same
    assert by_key(at, "stage").options[0] == stage_label(before)


def test_a_search_that_the_engine_has_dropped_keeps_what_it_found(engine):
    at = started(open_search(ENDLESS))
    look_until(at, "Searching: ")
    current_engine().free(stage_of(at).job_id)
    assert "no longer kept" in look_until(at.run(), "Ended: ").error[0].value


def test_a_full_engine_says_so(opened, monkeypatch):
    def refuse(*_, **__):
        raise EngineFull("All places are taken.")

    monkeypatch.setattr(current_engine(), "submit", refuse)
    assert started(opened).error[0].value == plain("All places are taken.")


SPACE = "learning_rate:1e-4..1:log,weight_decay:1e-6..0.1:log"


@pytest.mark.parametrize(
    ("key", "value", "changes"),
    [
        ("trials", 9, {"trials": 9}),
        ("own_num_epochs", 7, {"config": SMALL.replace(num_epochs=7)}),
        ("own_num_folds", 3, {"config": SMALL.replace(num_folds=3)}),
        ("network", "example", {"config": EXAMPLE_CONFIG}),
        ("method_grid", False, {"methods": ("random",)}),
        ("method_halving", True, {"methods": ("grid", "random", "halving")}),
        ("cut_above", 0.0, {"cut_above": 0.0}),
        (
            "fields",
            ["dropout", "activation"],
            {"space": parse_space("dropout:0..0.6,activation:tanh|relu|elu")},
        ),
        ("learning_rate_low", "1e-3", {"space": parse_space(SPACE.replace("1e-4", "1e-3"))}),
        ("learning_rate_high", "0.5", {"space": parse_space(SPACE.replace("..1:", "..0.5:"))}),
        ("learning_rate_scale", "linear", {"space": parse_space(SPACE.replace("..1:log", "..1"))}),
    ],
)
def test_each_control_changes_the_search(opened, key, value, changes):
    by_key(opened, key).set_value(value)
    at = started(opened.run())
    assert not at.exception and not at.warning
    assert stage_of(at).job == replace(SearchJob(SMALL, parse_space(SPACE), trials=4), **changes)
    current_engine().free(stage_of(at).job_id)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("learning_rate_low", "2", "must have a range that rises"),
        ("learning_rate_low", "0", "must be a number from 1e-8"),
        ("weight_decay_low", "0", "must start above 0 on a log scale"),
        ("learning_rate_high", "1,5", "must be a number from 1e-8"),
        ("learning_rate_high", "much", "must be a number from 1e-8"),
        ("learning_rate_low", "", "must be a number from 1e-8"),
        ("fields", [], "Choose 1 to 4 hyperparameters"),
    ],
)
def test_a_bad_space_is_said_in_one_sentence_where_it_is_entered(opened, key, value, sentence):
    by_key(opened, key).set_value(value)
    opened.run()
    assert sentence in opened.warning[0].value.replace("\\", "") and len(opened.warning) == 1
    assert by_key(opened, key).value == value and by_key(opened, "start").disabled and not opened.exception
    assert "cannot be searched" in opened.info[0].value


def test_too_few_choices_and_no_method_are_said(opened):
    by_key(opened, "fields").set_value(["activation"])
    opened.run()
    for chosen, sentence in (["relu"], "must be two or more different ones"), ([], "needs two or more choices"):
        by_key(opened, "activation_choices").set_value(chosen)
        assert sentence in opened.run().warning[0].value
    by_key(opened, "activation_choices").set_value(["relu", "elu"])
    assert not opened.run().warning
    for method in ("grid", "random"):
        by_key(opened, f"method_{method}").set_value(False)
    assert "Methods" in opened.run().warning[0].value and by_key(opened, "start").disabled


def test_epochs_and_the_method_that_decides_them_exclude_each_other(opened):
    by_key(opened, "fields").set_value(["num_epochs"])
    assert not opened.run().warning and not by_key(opened, "start").disabled
    by_key(opened, "method_halving").set_value(True)
    assert "cannot be searched by successive halving" in opened.run().warning[0].value
    assert by_key(opened, "start").disabled


def test_a_method_without_its_requirement_is_greyed_out_with_the_reason(engine, monkeypatch):
    monkeypatch.setattr(SearchMethod, "missing", property(lambda row: "needs more" if row.requires else ""))
    at = open_search()
    assert [by_key(at, f"method_{name}").disabled for name in SEARCH_METHODS] == [False, False, False, True]
    assert "Not available here: it needs more" in said(at)


def test_choices_that_the_grid_has_no_trials_for_are_said(opened):
    by_key(opened, "fields").set_value(["activation", "optimizer"])
    assert "The grid tries 2 of 3 choices of activation" in said(opened.run())
    by_key(opened, "trials").set_value(9)
    assert "The grid tries" not in said(opened.run())


def test_a_field_without_effect_is_named(opened):
    by_key(opened, "fields").set_value(["stochastic_depth"])
    assert "Without effect here. " in said(opened.run())


def test_trials_with_folds_have_a_spread(engine):
    at = open_search(SMALL.replace(num_folds=2))
    at = finished(at)
    by_key(at, "view").set_value("Table")
    table = at.run().dataframe[0].value
    assert (table["± accuracy"] >= 0).all() and {"Validation loss", "± loss"} <= set(table)
    stage_of(at).chosen = 0
    assert "over the folds" in said(at.run())


def test_first_choices_are_those_that_presets_take_most_often():
    assert first_choices("activation") == ("tanh", "relu", "elu")
    assert first_choices("normalization") == ("none", "batch", "layer")  # batch is taken once, layer comes next


@pytest.mark.parametrize("field", SEARCHABLE)
def test_every_field_starts_with_a_space_that_can_be_searched(field):
    spec = SEARCHABLE[field]
    if spec.table is not None or spec.choices:
        assert checked_space([Axis(field, choices=first_choices(field))])
    else:
        axis = ranged(field, *first_range(field))
        assert (axis.low, axis.high) == RANGES[field]


def said_of(at: AppTest, key: str):
    return [box for box in at.checkbox if box.key == f"search_{key}"]


def test_a_field_is_tried_only_where_it_has_an_effect_unless_a_person_wants_it_always(engine):
    at = open_search(SMALL, trials=9)
    by_key(at, "fields").set_value(["momentum", "optimizer"])
    by_key(at.run(), "optimizer_choices").set_value(["sgd", "adam"])
    at.run()
    (box,) = said_of(at, "momentum_only")
    assert box.label == "Only for optimizer Adam" and box.value is True
    assert "grid 9 (8 momentum, 2 optimizer)" in said(at) and "the same training" in said(at)  # random draws plain SGD
    box.uncheck()
    at.run()
    assert "4 of 8 grid trials and " in said(at) and "SGD has no momentum." in said(at)
    by_key(at, "momentum_only").check()
    at = finished(at.run())
    trials = stage_of(at).snapshot.trials
    assert all(("momentum" in trial.params) == (trial.params["optimizer"] == "adam") for trial in trials)
    for view in search_live.VIEWS:
        by_key(at, "view").set_value(view)
        assert not at.run().exception
    stage_of(at).chosen = next(trial.number for trial in trials if trial.same_as is not None)
    assert "It is the same training as trial " in said(at.run())


def test_a_search_whose_trials_all_diverged_says_why_and_what_to_try(engine):
    at = opened_link(SMALL.replace(optimizer="sgd"))
    by_key(at, "fields").set_value(["learning_rate"])
    at.run()
    by_key(at, "learning_rate_low").set_value("1e5")
    by_key(at, "learning_rate_high").set_value("1e7")
    by_key(at, "trials").set_value(3)
    at = finished(at.run())
    assert "No trial has a score: of 6, " in said(at) and "Try learning rates below 100000" in said(at)
    by_key(at, "view").set_value("What matters")
    assert "How much each field matters cannot be said. No trial has a score: of 6, " in said(at.run())
