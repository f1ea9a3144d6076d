"""What a browser started last: found once by each new session with the same link."""

import pytest

from playground.config import Config
from playground.ui import latest
from playground.ui.latest import MOST_BROWSERS, Latest

SAME = Config()


@pytest.fixture
def as_browser(monkeypatch):
    """Makes a new session of the browser of this number; None: of one without cookies."""

    def open_session(number: int | None, config: Config = SAME) -> None:
        monkeypatch.setattr(latest, "visitor", lambda: "session" if number is None else f"{number:043}")
        monkeypatch.setattr(latest.st, "session_state", {"config": config})

    return open_session


def test_a_new_session_finds_it_once_and_the_session_that_started_it_never(as_browser):
    started = Latest("page")
    as_browser(1)
    started.keep("mine")
    assert started.found() is None
    as_browser(1)
    assert started.found() == "mine" and started.found() is None


@pytest.mark.parametrize(("number", "config"), [(2, SAME), (1, SAME.replace(seed=1)), (None, SAME)])
def test_another_browser_another_link_and_no_cookie_find_nothing(as_browser, number, config):
    started = Latest("page")
    as_browser(1)
    started.keep("mine")
    as_browser(number, config)
    assert started.found() is None


def test_a_browser_without_cookies_is_not_remembered(as_browser):
    started = Latest("page")
    for _ in range(2):
        as_browser(None)
        assert started.found() is None
        started.keep("anybody's")


def test_a_session_that_was_open_before_is_not_disturbed(as_browser):
    started = Latest("page")
    as_browser(1)
    assert started.found() is None
    started._kept[f"{1:043}"] = "of another tab", SAME
    assert started.found() is None


def test_pages_do_not_mix(as_browser):
    one, other = Latest("one"), Latest("other")
    as_browser(1)
    one.keep("one's")
    as_browser(1)
    assert other.found() is None and one.found() == "one's"


def test_only_so_many_browsers_are_remembered(as_browser):
    started = Latest("page")
    for number in (*range(MOST_BROWSERS), 0, MOST_BROWSERS):  # 0 comes again, so that 1 is the oldest
        as_browser(number)
        started.keep(number)
    found = []
    for number in (0, 1, 2, MOST_BROWSERS):
        as_browser(number)
        found.append(started.found())
    assert found == [0, None, 2, MOST_BROWSERS]
