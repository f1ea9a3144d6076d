"""Who has the link of a search or a comparison may look at it, and can neither stop nor free it."""

from types import SimpleNamespace

import pytest
import streamlit as st

from playground.engine import View
from playground.ui import answer
from playground.ui.answer import Asked
from playground.ui.search import run as search_run
from playground.ui.search.run import Stage

MINE, THEIRS = "me", "them"


@pytest.fixture(params=[(MINE, True), (THEIRS, False)], ids=["mine", "another's"])
def obeyed(request, monkeypatch):
    """Whether commands are to be obeyed, and those that came to the engine."""
    owner, is_mine = request.param
    came = []
    engine = SimpleNamespace(
        view=lambda job_id: View("running", "", None, None, 1, owner),
        command=lambda job_id, command: came.append(command.name),
        free=lambda job_id: came.append("free"),
        submit=lambda job, owner: "another",
    )
    for module in (search_run, answer):
        monkeypatch.setattr(module, "current_engine", lambda: engine)
        monkeypatch.setattr(module, "is_of_this_visitor", MINE.__eq__)
        monkeypatch.setattr(module, "session_owner", lambda: MINE)
    monkeypatch.setattr(st, "session_state", {"config": None})
    monkeypatch.setattr(search_run._LATEST, "keep", lambda started: None)
    return is_mine, came


def test_a_search_is_steered_by_its_owner_alone(obeyed):
    is_mine, came = obeyed
    stage = Stage(None, "job", 1)
    assert search_run.is_steered_here(stage) is is_mine
    search_run.pause_or_resume(stage)
    search_run.stop(stage)
    assert came == (["pause", "stop"] if is_mine else [])


def test_a_search_of_ones_own_ends_those_of_ones_own_alone(obeyed):
    is_mine, came = obeyed
    search_run.stages().append(Stage(None, "job", 1))
    search_run.start(SimpleNamespace())
    assert came == (["stop"] if is_mine else []) and len(search_run.stages()) == 2


def test_a_comparison_is_cancelled_and_freed_by_its_owner_alone(obeyed):
    is_mine, came = obeyed
    shown = Asked("job", "id")
    answer.take_asked(shown, key="key")
    answer._cancel(shown)
    answer.ask("another", key="key")
    assert came == (["stop", "free"] if is_mine else [])
