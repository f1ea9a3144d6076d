"""What a browser started last: found once by each new session with the same link."""

from typing import NamedTuple

import pytest

from playground.config import Config
from playground.ui.place import place
from playground.ui.visit import latest
from playground.ui.visit.latest import MOST_BROWSERS, Latest

SAME = Config()


class Job(NamedTuple):
    """What was started."""

    job_id: str


MINE = Job("mine")


@pytest.fixture
def as_browser(monkeypatch):
    """Makes a new session of the browser of this number; None: of one without cookies."""

    def open_session(number: int | None, config: Config = SAME, name: str = "") -> None:
        monkeypatch.setattr(latest, "visitor", lambda: "session" if number is None else f"{number:043}")
        monkeypatch.setattr(latest.st, "session_state", {"config": config})
        monkeypatch.setattr(latest.st, "query_params", {"started": name} if name else {})

    return open_session


def test_a_new_session_finds_it_once_and_the_session_that_started_it_never(as_browser):
    started = Latest("page", "started")
    as_browser(1)
    started.keep(MINE)
    assert started.found() is None
    as_browser(1)
    assert started.found() == MINE and started.found() is None


@pytest.mark.parametrize(("number", "config"), [(2, SAME), (1, SAME.replace(seed=1)), (None, SAME)])
def test_another_browser_another_link_and_no_cookie_find_nothing(as_browser, number, config):
    started = Latest("page", "started")
    as_browser(1)
    started.keep(MINE)
    as_browser(number, config)
    assert started.found() is None


def test_a_browser_without_cookies_is_not_remembered(as_browser):
    started = Latest("page", "started")
    for _ in range(2):
        as_browser(None)
        assert started.found() is None
        started.keep(Job("anybody's"))


def test_a_session_that_was_open_before_is_not_disturbed(as_browser):
    started = Latest("page", "started")
    as_browser(1)
    assert started.found() is None
    started._kept[f"{1:043}"] = MINE, SAME
    assert started.found() is None


def test_pages_do_not_mix(as_browser):
    one, other = Latest("one", "started"), Latest("other", "started")
    as_browser(1)
    one.keep(MINE)
    as_browser(1)
    assert other.found() is None and one.found() == MINE


def test_only_so_many_browsers_are_remembered(as_browser):
    started = Latest("page", "started")
    for number in (*range(MOST_BROWSERS), 0, MOST_BROWSERS):  # 0 comes again, so that 1 is the oldest
        as_browser(number)
        started.keep(Job(str(number)))
    found = []
    for number in (0, 1, 2, MOST_BROWSERS):
        as_browser(number)
        found.append(started.found())
    assert found == [Job("0"), None, Job("2"), Job(str(MOST_BROWSERS))]


def test_who_has_the_link_finds_it_whatever_the_browser(as_browser):
    started = Latest("page", "started")
    as_browser(1)
    started.keep(MINE)
    as_browser(2, SAME.replace(seed=1), name="mine")
    assert started.found() == MINE and not place.here().problem


def test_a_link_to_what_is_gone_says_so_and_leads_to_nothing_else(as_browser):
    started = Latest("page", "started")
    as_browser(1)
    started.keep(MINE)
    as_browser(1, name="of yesterday")
    assert started.found() is None and place.here().problem == latest.GONE


def test_the_address_names_what_is_shown(as_browser):
    started = Latest("page", "started")
    as_browser(1)
    started.show_in_address(MINE)
    assert place.here().runs == {"started": "mine"}
    started.show_in_address(None)
    assert not any(place.here().runs.values())
