"""The page "Initialization" without a browser, over a real engine with one worker."""

import pytest

from playground.ui.router import FOLDER
from tests.ui.form_fields import fields
from tests.ui.lesson_page import answered, data_names, go_to, opened_lesson

PARTS = ("depth", "cases", "symmetry", "residual")
LABELS = ("Signal through depth", "The lecture's five cases", "Symmetry", "Residual stacks")
SMALL = {"depth": 3, "width": 20, "samples": 50}


@pytest.fixture(scope="module")
def opened(engine):
    with opened_lesson("initialization") as at:
        yield at


def control(at, part, name):
    widgets = (*at.slider, *at.selectbox, *fields(at), *at.segmented_control)
    return next(widget for widget in widgets if widget.key == f"{part}_{name}")


def choose(at, part, **controls):
    """Look at a part with these controls."""
    go_to(at, "initialization_part", LABELS[PARTS.index(part)])
    for name, value in controls.items():
        if control(at, part, name).disabled:
            at.run()  # another control has enabled it
        control(at, part, name).set_value(value)
    at.run()
    return answered(at)


def text(at):
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.warning, *at.code))


def test_a_lesson_starts_with_what_to_look_for_and_ends_with_its_source(opened):
    said = text(choose(opened, "depth"))
    assert said.startswith("Look ") and "What the numbers say" in said and "Source: Poole" in said
    assert "**Shrinks**" in said and "here 1." in said
    assert data_names(opened) == {"activations", "stds", "means", "backward", "gradient_stds", "shares"}


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"depth": 4}, "depth=4"),
        ({"width": 30}, "width=30"),
        ({"samples": 100}, "samples=100"),
        ({"seed": 7}, "seed=7"),
        ({"activation": "sigmoid"}, "activation=sigmoid"),
        ({"initializer": "large_normal"}, "here 20."),
        ({"initializer": "zeros"}, "**Carries nothing**"),
        ({"initializer": "orthogonal"}, "Orthogonal ones depend on each other"),
        ({"init_scale": "10"}, "**Grows**"),
        ({"normalization": "batch"}, "No theory line: normalization"),
        ({"input": "data", "dataset": "iris"}, "dataset=iris"),
    ],
    ids=str,
)
def test_every_control_of_the_depth_picture_changes_the_answer(opened, controls, words):
    start = {"activation": "relu", "initializer": "xavier_lecture", "init_scale": "1", "normalization": "none"}
    start |= {"input": "normal", "seed": 0, **SMALL}
    assert words not in text(choose(opened, "depth", **start))
    assert words in text(choose(opened, "depth", **controls))


def test_what_cannot_run_is_said_in_one_sentence(opened):
    at = choose(opened, "depth", **SMALL, normalization="group", activation="maxout")
    assert not at.warning, "20 units split into 2 groups"
    assert "None" not in text(at)


def test_five_cases_have_five_verdicts(opened):
    said = text(choose(opened, "cases", samples=300))
    verdicts = ("Vanishes", "Saturates", "Holds", "Shrinks", "Holds")
    labels = ("Tanh, 0.01", "Tanh, 1.0", "Tanh, Xavier", "ReLU, Xavier", "ReLU, He")
    places = [said.index(f"**{label}**") for label in labels]
    for verdict, start, end in zip(verdicts, places, [*places[1:], len(said)], strict=True):
        assert f"**{verdict}**" in said[start:end]


@pytest.mark.parametrize(
    "controls", [{"activation": "relu"}, {"activation": "tanh"}, {"optimizer": "adam"}, {"num_epochs": 2}], ids=str
)
def test_symmetry(opened, controls):
    said = text(choose(opened, "symmetry", **controls))
    assert "Constant (0.1): its units" in said and "vanishing gradients. It is not" in said
    assert data_names(opened) == {"differences"}


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"blocks": 3}, "closed form says × 27."),
        ({"blocks": 2, "width": 20}, "after 2 blocks"),
        ({"blocks": 2, "seed": 3}, "after 2 blocks"),
        ({"blocks": 2, "init_scale": "3"}, "closed form says × 26,569."),  # (1 + 2 * 81)^2
        ({"blocks": 2, "init_scale": "1", "activation": "identity"}, "closed form says × 4."),
        ({"blocks": 2, "initializer": "zeros"}, "nothing flows"),
    ],
    ids=str,
)
def test_residual_stacks(opened, controls, words):
    assert words in text(choose(opened, "residual", **controls))


def test_try_it_on_train_carries_the_network_over(opened):
    at = choose(opened, "depth", depth=3, width=200, activation="tanh", initializer="xavier_normal",
                init_scale="3", normalization="layer")  # fmt: skip
    at.button(key="try_depth").click().run()
    config = at.session_state["config"]
    assert config.hidden_sizes == (100, 100, 100)
    assert (config.activation, config.initializer) == ("tanh", "xavier_normal")
    assert (config.init_scale, config.normalization) == (3, "layer")
    at.switch_page(str(FOLDER / "initialization.py")).run()
    assert at.slider(key="depth_width").value == 200, "the lesson is found as it was left"
