"""A server's limits, as a visitor meets them: one sentence where too much is asked, and the page goes on."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from playground.engine import current_engine
from playground.ui.router import FOLDER, SCRIPT
from playground.ui.words import plain
from tests.ui.form_fields import field
from tests.ui.looking import WAIT_SECONDS, look_until


@pytest.fixture
def open_limited(engine, monkeypatch):
    """Opens the Train page of a server that allows less than others."""

    def open_page(**limits):
        monkeypatch.setattr(current_engine(), "limits", replace(current_engine().limits, **limits))
        return AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS).run()

    return open_page


def errors(at):
    return [error.value for error in at.error]


def test_too_much_on_the_train_page_is_said_and_can_be_mended(open_limited):
    at = open_limited(max_samples=500)
    too_much = plain("Samples must be at most 500 on this server, but 1,000 came; take fewer.")
    assert errors(at) == [too_much]
    assert errors(at.button(key="train").click().run()) == [too_much]
    look_until(field(at, "num_samples").set_value(500).run(), "Ready")
    assert not at.error
    look_until(at.button(key="train").click().run(), "Training")
    at.button(key="stop").click().run()


def test_too_much_in_a_lesson_is_said(open_limited):
    at = open_limited(max_layers=3).switch_page(str(FOLDER / "initialization.py")).run()
    too_much = "Hidden layers and convolutions of a network must be at most 3 on this server, but 10 came; take fewer."
    assert errors(at) == [plain(too_much)]


@pytest.fixture
def one_place(engine, monkeypatch):
    """A server that runs one job at a time, and nothing yet."""
    ledger = current_engine()._ledger
    for job_id in list(ledger._submissions):
        current_engine().free(job_id)
    monkeypatch.setattr(ledger, "_limits", replace(ledger._limits, max_jobs=1))


def test_who_comes_to_a_full_house_sees_the_place_in_the_queue_and_for_how_long(one_place, open_train):
    first = open_train(num_epochs=10_000)
    look_until(first.button(key="train").click().run(), "Training")
    second = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS).run()
    look_until(second, "Waiting for a free place: number 1 in the queue, about ")
    first.button(key="stop").click().run()
    look_until(second, "Ready: press Train.")
    current_engine().free(second.session_state["run"].job_id)
