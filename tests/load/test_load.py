"""A small class on a real server, and the arithmetic of what visitors see."""

import asyncio
import json
from dataclasses import replace

import pytest
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from playground.bench.load import APP, LINK
from playground.bench.server import is_alive, running
from tests.aids.hands import COMPONENT
from tests.load.cache import MAX_RUNS, MessageCache
from tests.load.classroom import Change, Classroom, Watched
from tests.load.report import quantile, report, steps_made
from tests.load.seen import Seen
from tests.load.widgets import Widgets

SESSIONS, SECONDS = 6, 5.0
CHANGES = (Change("view", "Layers", "string_array_value"), Change("learning_rate", "0.003"))


@pytest.mark.slow
def test_a_class_trains_without_an_error_and_leaves_no_worker():
    with running(APP) as server:
        classroom = Classroom(server.url + LINK, server.pid, SESSIONS, SECONDS, press="train", changes=CHANGES)
        seen = report(asyncio.run(classroom.watch()))
        workers = server.children
    assert seen["errors"] == []
    assert seen["frames_per_second"]["min"] >= 0.5  # 2 on idle cores; other tests may run beside this one
    assert seen["steps"]["min_share"] >= 0.3
    assert 0 < seen["server_cpu"]["per_frame"] < 200
    assert seen["client_cpu"] < 0.5
    assert workers and not any(map(is_alive, workers))


def a_class(**fields):
    """Two tabs, watched from 100 s to 110 s."""
    steady = Seen(frames=[(99.0, 9.0), (101.0, 0.1), (102.0, 0.3)], steps=[(99.0, 5), (101.0, 10), (109.0, 40)])
    quick = Seen(frames=[(101.0, 0.2), (102.0, 0.2), (103.0, 0.2), (104.0, 0.2)], steps=[(100.0, 0), (110.0, 90)])
    watched = Watched(100.0, 110.0, [steady, quick], client_cpu=0.5, server_cpu=0.06, num_bytes=60_000)
    return replace(watched, **fields)


def test_what_came_before_the_watch_does_not_count():
    seen = report(a_class())
    assert seen["frames"] == 6
    assert seen["frames_per_second"] == {"min": pytest.approx(0.2), "median": pytest.approx(0.3)}
    assert seen["latency"]["max"] == pytest.approx(300)
    assert seen["steps"] == {"mean": 60, "min_share": 0.5, "max_share": 1.5}
    assert seen["server_cpu"]["per_frame"] == pytest.approx(10)
    assert (seen["client_cpu"], seen["kilobytes_per_frame"]) == (0.05, 10)


def test_a_class_that_sees_nothing_has_no_latency():
    seen = report(a_class(tabs=[Seen(), Seen(errors=["the tab ended"])]))
    assert seen["frames_per_second"]["min"] == 0 and seen["latency"]["p95"] is None
    assert seen["steps"]["min_share"] is None
    assert seen["errors"] == ["the tab ended"]


def test_quantiles_and_steps():
    assert quantile(range(100), 0.95) == 95 and quantile([], 0.95) is None
    assert steps_made([(1.0, 7)], 2.0) == 0


def element(kind, **fields):
    return Element(**{kind: fields})


def test_widgets_hold_what_a_browser_would_send():
    widgets = Widgets()
    widgets.see(element("selectbox", id="$$ID-1-optimizer", options=["SGD", "Adam"], default=1), "")
    widgets.see(element("number_input", id="$$ID-2-seed", data_type=0, default=3.0), "")
    widgets.see(element("checkbox", id="$$ID-3-log_loss", default=True), "live")
    widgets.see(element("button", id="$$ID-4-train"), "")
    held = {state.id[-4:]: state for state in widgets.states(pressed="train").widgets}
    assert held["izer"].string_value == "Adam"
    assert held["seed"].int_value == 3
    assert held["loss"].bool_value is True
    assert held["rain"].trigger_value is True
    assert "rain" not in {state.id[-4:] for state in widgets.states().widgets}


def test_a_choice_stays_until_the_server_sets_another():
    widgets = Widgets()
    box = {"id": "$$ID-1-view", "options": ["Learning", "Layers"], "default": 0}
    widgets.see(element("selectbox", **box), "live")
    widgets.choose("view", string_value="Layers")
    widgets.see(element("selectbox", **box), "live")
    assert widgets.states().widgets[0].string_value == "Layers" and widgets.fragment_of("view") == "live"
    widgets.see(element("selectbox", **box, raw_value="Learning", set_value=True), "live")
    assert widgets.states().widgets[0].string_value == "Learning"


def test_a_field_sends_what_was_done_until_the_server_has_taken_it():
    widgets, data = Widgets(), {"session": "now", "taken": {}, "fields": [{"name": "seed", "value": "0"}]}
    fields = {"id": "$$ID-1-form", "component_name": COMPONENT}
    widgets.see(element("bidi_component", **fields, json=json.dumps(data)), "")
    assert widgets.do("seed", "3") == ""
    sent = json.loads(widgets.states().widgets[0].json_value)["hands"]
    assert (sent["session"], sent["list"]) == ("now", [[1, "seed", "3"]])
    data["taken"] = {sent["page"]: 1}
    widgets.see(element("bidi_component", **fields, json=json.dumps(data)), "")
    widgets.do("seed", "4")
    assert json.loads(widgets.states().widgets[0].json_value)["hands"]["list"] == [[2, "seed", "4"]]


def test_a_widget_that_is_no_longer_drawn_is_forgotten_with_its_own_part():
    widgets = Widgets()
    widgets.see(element("checkbox", id="$$ID-1-page"), "")
    widgets.see(element("checkbox", id="$$ID-2-live"), "live")
    widgets.start_run()
    widgets.finish_run("live")
    assert [state.id for state in widgets.states().widgets] == ["$$ID-1-page"]
    widgets.finish_run("")
    assert not widgets.states().widgets


def test_a_cached_message_lives_while_it_is_used():
    cache = MessageCache()
    message = ForwardMsg(hash="big")
    message.metadata.cacheable = True
    cache.resolve(message)
    for _ in range(MAX_RUNS + 1):
        assert cache.resolve(ForwardMsg(ref_hash="big")) is message
        cache.finish_run([])
    for _ in range(MAX_RUNS):
        cache.finish_run([])
    assert cache.hashes == []
    with pytest.raises(LookupError):
        cache.resolve(ForwardMsg(ref_hash="big"))
