"""The code of a class: who comes in, who does not, and what becomes of a link meanwhile."""

import pytest
from streamlit.testing.v1 import AppTest

from playground.config import Config
from playground.link import PARAMETER, encode
from playground.settings import variable
from playground.ui.router import SCRIPT
from playground.ui.visit import access
from playground.ui.visit.access import MOST_KEPT, MOST_WRONG, TOO_MANY, WRONG, Door
from tests.aids.clock import Clock

CODE = "chalk and cheese"
LINKED = Config.parse({"noise": 0.5})


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def door(clock):
    return Door(clock)


def test_the_code_opens_to_the_browser_that_gave_it_alone(door):
    assert door.try_code("a", CODE, f" {CODE} ") == ""
    assert (door.is_open_to("a"), door.is_open_to("b")) == (True, False)


@pytest.mark.parametrize("text", ["", "chalk", f"{CODE}s", CODE.upper(), "crème"])
def test_another_text_does_not(door, text):
    assert door.try_code("a", CODE, text) == WRONG
    assert not door.is_open_to("a")


def test_guessing_is_slow_however_many_guess_and_those_inside_stay(door, clock):
    door.try_code("inside", CODE, CODE)
    said = [door.try_code(f"guesser {number}", CODE, "guess") for number in range(MOST_WRONG + 1)]
    assert said == [WRONG] * MOST_WRONG + [TOO_MANY]
    assert door.try_code("late", CODE, CODE) == TOO_MANY
    assert door.is_open_to("inside")
    clock.now = access.WRONG_SECONDS
    assert door.try_code("late", CODE, CODE) == ""


def test_only_so_many_browsers_are_remembered(door):
    for number in range(MOST_KEPT + 1):
        door.try_code(str(number), CODE, CODE)
    assert (door.is_open_to("0"), door.is_open_to("1"), door.is_open_to(str(MOST_KEPT))) == (False, True, True)


@pytest.fixture
def closed(monkeypatch):
    monkeypatch.setenv(variable("access_code"), CODE)
    monkeypatch.setattr(access, "_door", Door())


def come_in(at, text):
    at.text_input(key="code").set_value(text)
    return at.button(key="come_in").click().run()


def test_a_link_survives_the_question(closed, engine):
    at = AppTest.from_file(str(SCRIPT), default_timeout=60)
    at.query_params[PARAMETER] = encode(LINKED)
    at.run()
    assert [title.value for title in at.title] == ["Welcome"]
    assert not at.sidebar.children and not at.get("progress")
    assert [error.value for error in come_in(at, "guess").error] == [WRONG]
    come_in(at, CODE)
    assert [title.value for title in at.title] == ["Train a network"]
    assert at.session_state["config"] == LINKED


def test_a_server_without_a_code_asks_nobody(engine):
    at = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    assert [title.value for title in at.title] == ["Train a network"]
