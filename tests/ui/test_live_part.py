import threading
import time
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from playground.ui import live_part
from playground.ui.live_part import SOON_SECONDS, Drawn

PAGE, OTHER = threading.Thread(), threading.Thread()


@pytest.mark.parametrize("every", [0.3, 0.5, SOON_SECONDS])
def test_a_look_that_the_page_could_not_have_asked_for_yet_tells_that_the_page_is_lost(every):
    drawn = Drawn(100.0, PAGE, every, every)
    assert drawn.is_lost(100.0 + 0.9 * every, OTHER)
    assert not drawn.is_lost(100.0 + 1.01 * every, OTHER)


def test_a_look_by_the_thread_that_drew_the_page_follows_it():
    assert not Drawn(100.0, PAGE, 0.5, 0.5).is_lost(100.1, PAGE)


@pytest.mark.parametrize("every", [None, 8.0])
def test_a_page_that_hardly_moves_may_be_lost_as_well_but_soon_obeys_its_controls(every):
    drawn = Drawn(100.0, PAGE, every, every)
    assert drawn.is_lost(100.0 + 0.9 * SOON_SECONDS, OTHER)
    assert not drawn.is_lost(100.0 + 1.01 * SOON_SECONDS, OTHER)


def test_a_page_draws_its_live_part_once(monkeypatch):
    monkeypatch.setattr(live_part, "pace", lambda every, now=None: every)

    def page():
        import streamlit as st

        from playground.ui.live_part import show_live_part

        show_live_part(st.write, "a look", every=0.5, key="part")

    shown = AppTest.from_function(page).run()
    assert not shown.exception and [text.value for text in shown.markdown] == ["a look"]
    assert len(shown.run().markdown) == 1


class Redrawn(Exception):
    """What Streamlit raises to draw the whole page."""


@pytest.fixture
def looks(monkeypatch):
    """Looks at a page that was drawn so, and gives back what the look was given and whether the page is drawn again."""

    def rerun():
        raise Redrawn

    def look(drawn):
        monkeypatch.setattr(live_part, "st", SimpleNamespace(session_state={"part_drawn": drawn}, rerun=rerun))
        seen = []
        try:
            live_part._look(seen.append, ("pressed",), "part")
        except Redrawn:
            return seen, True
        return seen, False

    return look


@pytest.mark.parametrize(("thread", "is_lost"), [(OTHER, True), (threading.current_thread(), False)])
def test_a_lost_page_is_drawn_again_after_the_look_which_may_be_a_press_of_a_button(looks, thread, is_lost):
    assert looks(Drawn(time.monotonic(), thread, None, None)) == (["pressed"], is_lost)


@pytest.mark.parametrize(("wanted", "is_drawn_again"), [(0.5, False), (1.0, True)])
def test_a_page_is_drawn_again_where_its_pace_is_wrong_by_now(looks, monkeypatch, wanted, is_drawn_again):
    monkeypatch.setattr(live_part, "pace", lambda every, now: wanted)
    assert looks(Drawn(0.0, OTHER, 0.5, 0.5)) == (["pressed"], is_drawn_again)
