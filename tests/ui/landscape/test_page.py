"""The page "Real loss" without a browser, over a real engine with one worker."""

import pytest

from playground.config import Config
from playground.ui.landscape.view import BUTTON
from tests.ui.form_fields import fields
from tests.ui.lesson_page import opened_lesson, settled

CONFIG = Config.parse({"dataset": "circle", "num_samples": 60, "hidden_sizes": (4,)})
SMALL = {"num_steps": 20, "resolution": 11}
TWO = {"optimizers": ["sgd", "adam"]}


@pytest.fixture(scope="module")
def opened(engine):
    with opened_lesson("landscape", CONFIG) as at:
        yield at


def draw(at, **changes):
    """Change controls, press the button and look until the answer is whole."""
    for name, value in (SMALL | changes).items():
        kinds = (fields(at), at.selectbox, at.multiselect)
        control = next(widget for kind in kinds for widget in kind if widget.key == f"real_loss_{name}")
        control.set_value(value)
    next(button for button in at.button if button.label == BUTTON).click()
    return settled(at.run())


def text(at):
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.info, *at.warning, *at.error))


def test_the_page_says_what_is_drawn_and_where_it_comes_from(opened):
    said = text(opened)
    assert "From the Train page: " in said and "arXiv:1712.09913" in said and "arXiv:2103.00065" in said


def test_the_usual_picture_has_its_numbers(opened):
    at = draw(opened)
    assert "What the numbers say" in text(at) and "of the movement of all paths" in text(at)
    assert at.dataframe[0].value["Optimizer"].tolist() == ["SGD", "SGD with momentum", "RMSProp", "Adam"]
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
    assert words in text(draw(opened, **TWO | changes))
