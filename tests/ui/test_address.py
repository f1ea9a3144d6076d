"""The address bar follows the form, and the form follows Back."""

import pytest
import streamlit as st

from playground.config import Config
from playground.link import encode
from playground.ui import address
from playground.ui.visit import run, session

HOME, OTHER = "", "reference"
A, B = Config.parse({"noise": 0.5}), Config.parse({"noise": 0.7})


class AddressBar:
    """What it shows, and how often the page has changed them."""

    def __init__(self):
        self.shown, self.num_written, self.is_back = {}, 0, False

    def get(self, name, default=None):
        return self.shown.get(name, default)

    def to_dict(self):
        return dict(self.shown)

    def from_dict(self, wanted):
        self.shown, self.num_written = dict(wanted), self.num_written + 1

    def visit(self, page=HOME, config=None, **parameters):
        """Open an address, let the page set a Config, and give back the one it had before that."""
        self.shown = parameters
        return self.run(page, config)

    def back(self, page=HOME, **parameters):
        """Open an address by Back or Forward."""
        self.is_back = True
        config = self.visit(page, **parameters)
        self.is_back = False
        return config

    def run(self, page=HOME, config=None):
        address.open_address(page)
        opened = session.current_config()
        if config is not None:
            session.take_config(config)
        address.write_address(page)
        return opened


@pytest.fixture
def bar(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})
    bar = AddressBar()
    monkeypatch.setattr(st, "query_params", bar)
    monkeypatch.setattr(address, "is_back_or_forward", lambda: bar.is_back)
    return bar


def test_a_first_visit_shows_the_defaults_and_keeps_the_address_bare(bar):
    assert bar.visit() == Config()
    assert (bar.shown, bar.num_written) == ({}, 0)


def test_a_link_restores_the_config(bar):
    assert bar.visit(c=encode(A)) == A
    assert bar.shown == {"c": encode(A)}


def test_a_damaged_link_opens_with_the_defaults_and_says_so(bar):
    assert bar.visit(c="abc") == Config()
    assert session.notices() == ["The link is damaged and cannot be read. The page opened with the default settings."]
    assert bar.shown == {}


def test_what_a_damaged_link_could_not_is_said_where_it_led_until_the_config_is_another(bar):
    bar.visit(OTHER, c="abc")
    assert address.refused(OTHER) == session.notices() and not address.refused(HOME)
    bar.run(HOME, config=A)
    assert not address.refused(OTHER)


def test_the_address_follows_the_form(bar):
    bar.visit(config=A)
    assert bar.shown == {"c": encode(A)}
    bar.run(config=Config())
    assert bar.shown == {}


def test_back_and_forward_move_the_form(bar):
    bar.visit()
    bar.run(config=A)
    bar.run(config=B)
    assert bar.back(c=encode(A)) == A
    assert bar.back() == Config()
    assert bar.back(c=encode(B)) == B


def test_an_address_that_a_click_has_overtaken_changes_nothing(bar):
    bar.visit()
    bar.run(config=A)
    bar.run(config=B)
    assert bar.visit(c=encode(A)) == B
    assert bar.visit() == B


def test_the_menu_opens_a_bare_address_and_keeps_the_config(bar):
    bar.visit(c=encode(A))
    assert bar.visit(OTHER) == A
    assert bar.shown == {"c": encode(A)}
    assert bar.visit(HOME) == A
    assert bar.back(OTHER) == A, "the bare address that the menu opened"


def test_back_after_the_menu_means_the_defaults_only_where_no_menu_has_led_since(bar):
    bar.visit()
    bar.run(config=A)
    assert bar.back() == Config(), "where the visit began"
    bar.run(config=A)
    bar.visit(OTHER)
    assert bar.visit(HOME) == A
    assert bar.back(HOME) == A, "the menu opened a bare address here, too"
    bar.run(HOME, config=Config())
    bar.run(HOME, config=B)
    assert bar.back(HOME) == Config(), "and here the defaults were chosen after it"


def test_the_run_and_the_config_are_written_in_one_step(bar):
    bar.visit()
    st.session_state["run"] = run.Run("token", A)
    bar.run(config=A)
    assert (bar.shown, bar.num_written) == ({"c": encode(A), "run": "token"}, 1)


def test_a_preview_is_not_in_the_link(bar):
    bar.visit()
    st.session_state["run"] = run.Run("token", Config(), is_preview=True)
    bar.run()
    assert bar.shown == {}
