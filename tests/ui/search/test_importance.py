"""What matters in a search, as the page draws what a worker found."""

from streamlit.testing.v1 import AppTest

from tests.ui.looking import WAIT_SECONDS


def page(trials: int, is_known: bool) -> None:
    from playground.jobs.job import Turn
    from playground.jobs.search.importance import ImportanceJob
    from playground.ui.search.importance import show_what_matters
    from tests.aids.scored_trials import TWO, scored

    tried = scored(TWO, lambda rate, _: rate, trials)
    frames = ImportanceJob(TWO, tuple(tried)).frames()
    next(frames)
    seen = frames.send(Turn()) if is_known else None
    show_what_matters(TWO, tried, seen, key="m", score_title="Loss", is_share=False, why_none="It is under way.")


def opened(trials: int, *, is_known: bool = True) -> AppTest:
    at = AppTest.from_function(page, args=(trials, is_known), default_timeout=WAIT_SECONDS).run()
    assert not at.exception and not at.error
    return at


def charts(at: AppTest) -> set[str]:
    return {data.name for chart in at.get("vega_lite_chart") for data in chart.proto.datasets}


def words(at: AppTest) -> str:
    return " ".join(element.value for element in (*at.markdown, *at.caption, *at.info))


def test_both_pictures_with_what_they_say():
    at = opened(50)
    assert charts(at) == {"parallel", "importance"}
    assert "All fields together explain" in words(at) and "Breiman" in words(at)
    assert "50 trials stand out" in words(at)
    at.slider[0].set_value((90, 100)).run()
    assert not at.exception and "5 trials stand out, scores" in words(at)


def test_too_few_trials_are_said():
    at = opened(3)
    assert "Too few trials to say what matters: 3 have ended" in words(at)
    assert "All fields together" not in words(at)


def test_before_anything_is_known_only_the_lines_are_drawn_and_the_reason_is_said():
    at = opened(20, is_known=False)
    assert charts(at) == {"parallel"} and "It is under way." in words(at)
