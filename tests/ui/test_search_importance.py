"""What matters in a search, over a real engine with one worker."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.looking import WAIT_SECONDS


def page(trials: int, is_moving: bool) -> None:
    from playground.ui.search_importance import show_what_matters
    from tests.scored_trials import TWO, scored

    tried = scored(TWO, lambda rate, _: rate, trials)
    show_what_matters(TWO, tried, key="m", score_title="Loss", is_share=False, is_moving=is_moving)


def opened(trials: int, *, is_moving: bool = False) -> AppTest:
    at = AppTest.from_function(page, args=(trials, is_moving), default_timeout=WAIT_SECONDS).run()
    deadline = time.monotonic() + WAIT_SECONDS
    while any(button.label == "Cancel" for button in at.button):
        assert time.monotonic() < deadline
        time.sleep(0.05)
        at.run()
    assert not at.exception and not at.error
    return at


def charts(at: AppTest) -> set[str]:
    return {data.name for chart in at.get("vega_lite_chart") for data in chart.proto.datasets}


def words(at: AppTest) -> str:
    return " ".join(element.value for element in (*at.markdown, *at.caption, *at.info))


@pytest.mark.usefixtures("engine")
def test_both_pictures_with_what_they_say():
    at = opened(50)
    assert charts(at) == {"parallel", "importance"}
    assert "All fields together explain" in words(at) and "Breiman" in words(at)
    assert "50 trials stand out" in words(at)
    at.slider[0].set_value((90, 100)).run()
    assert not at.exception and "5 trials stand out, scores" in words(at)


@pytest.mark.usefixtures("engine")
def test_too_few_trials_are_said():
    at = opened(3)
    assert "Too few trials to say what matters: 3 have ended" in words(at)
    assert "All fields together" not in words(at)


def test_while_the_search_moves_only_the_lines_are_drawn():
    at = opened(20, is_moving=True)
    assert charts(at) == {"parallel"} and "computed when the search has ended" in words(at)
