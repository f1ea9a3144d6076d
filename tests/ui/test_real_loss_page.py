"""The page "Real loss" without a browser, over a real engine with one worker."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from playground.engine import current_engine
from playground.ui.real_loss import BUTTON
from playground.ui.router import FOLDER, SCRIPT
from tests.ui.looking import WAIT_SECONDS

SMALL = {"num_steps": 20, "resolution": 11}


@pytest.fixture(scope="module")
def opened(engine):
    at = AppTest.from_file(str(SCRIPT), default_timeout=WAIT_SECONDS).run()
    at = at.switch_page(str(FOLDER / "real_loss.py")).run()
    assert not at.exception
    yield at
    current_engine().free(at.session_state["real_loss_asked"].job_id)


def draw(at, **changes):
    """Change controls, press the button and look until the answer is whole."""
    for name, value in (SMALL | changes).items():
        kinds = (at.number_input, at.selectbox, at.multiselect)
        control = next(widget for kind in kinds for widget in kind if widget.key == f"real_loss_{name}")
        control.set_value(value)
    next(button for button in at.button if button.label == BUTTON).click()
    at.run()
    deadline = time.monotonic() + WAIT_SECONDS
    while any(button.label == "Cancel" for button in at.button):
        assert time.monotonic() < deadline
        time.sleep(0.05)
        at.run()
    assert not at.exception
    return at


def text(at):
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.info, *at.warning, *at.error))


def test_the_page_says_what_is_drawn_and_where_it_comes_from(opened):
    said = text(opened)
    assert "From the Train page: " in said and "arXiv:1712.09913" in said and "arXiv:2103.00065" in said


def test_the_usual_picture_has_its_numbers(opened):
    at = draw(opened)
    assert "What the numbers say" in text(at) and "of the movement of all paths" in text(at)
    assert at.dataframe[0].value["optimizer"].tolist() == ["SGD", "SGD with momentum", "RMSProp", "Adam"]
    assert {data.name for chart in at.get("vega_lite_chart") for data in chart.proto.datasets} == {
        "path_losses",
        "curvatures",
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"plane": "random"}, "Two random directions"),
        ({"centre": "sgd"}, "goes through SGD's end"),
        ({"batches": "mini"}, "trained with batches of 10"),
        ({"rates": "shared"}, "What the numbers say"),
        ({"optimizers": ["adagrad"], "centre": "best"}, "goes through AdaGrad's end"),
        ({"optimizers": ["adam"], "centre": "sgd"}, "SGD is not among the optimizers"),
        ({"optimizers": [], "centre": "best"}, "choose at least one"),
    ],
    ids=str,
)
def test_every_control_changes_the_answer(opened, changes, words):
    assert words in text(draw(opened, **changes))
