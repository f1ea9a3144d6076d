"""The page "Activations" without a browser, over a real engine with one worker."""

import pytest

from playground.catalog import ACTIVATIONS
from playground.ui.router import FOLDER
from playground.ui.words import plain
from tests.ui.form_fields import fields
from tests.ui.lesson_page import answered, data_names, go_to, opened_lesson

FUNCTIONS, DEPTH, POSITIVE, DEAD = (
    "The functions", "Gradient through depth", "Always positive inputs", "Dead ReLU",
)  # fmt: skip


@pytest.fixture(scope="module")
def opened(engine):
    with opened_lesson("activations") as at:
        yield at


def control(at, key):
    widgets = (*at.slider, *at.select_slider, *at.selectbox, *fields(at), *at.multiselect)
    return next(widget for widget in widgets if widget.key == key)


def choose(at, part, **controls):
    """Look at a part with these controls, named by their keys."""
    go_to(at, "activations_part", part)
    for key, value in controls.items():
        if control(at, key).disabled:
            at.run()  # another control has enabled it
        control(at, key).set_value(value)
    at.run()
    return answered(at)


def text(at):
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.warning))


def test_each_part_says_what_to_look_for_and_ends_with_its_source(opened):
    for part in (FUNCTIONS, DEPTH, POSITIVE, DEAD):
        said = text(choose(opened, part))
        assert "Look " in said or "Raise " in said
        assert "What the numbers say" in said and "Source: CS231n notes, Neural networks part 1" in said


def test_only_the_part_that_is_seen_is_drawn(opened):
    assert data_names(choose(opened, FUNCTIONS)) == {"functions", "identity", "costs"}
    assert data_names(choose(opened, DEPTH)) == {"gradient_depth"}
    assert data_names(choose(opened, POSITIVE)) == {"signs", "neuron_paths", "distances"}
    assert data_names(choose(opened, DEAD)) == {"silent", "cloud"}


@pytest.mark.parametrize(
    ("controls", "cell"),
    [
        ({"activations_curves": ["relu"], "activations_at": -3.0}, ("f(-3)", 0, "0")),
        ({"activations_curves": ["sigmoid"], "activations_at": 5.0}, ("f '(5)", 0, "0.00665")),
        ({"activations_curves": ["prelu"], "activations_at": -4.0, "activations_slope": 0.5}, ("f(-4)", 0, "-2")),
        ({"activations_curves": ["maxout"], "activations_pieces": 4}, ("Activation", 0, "Maxout (4 pieces)")),
        ({"activations_curves": list(ACTIVATIONS)}, ("Activation", 11, "Maxout (4 pieces)")),
    ],
    ids=str,
)
def test_every_control_of_the_functions_changes_the_table(opened, controls, cell):
    table = choose(opened, FUNCTIONS, **controls).dataframe[0].value
    column, row, shown = cell
    assert table[column][row] == shown


def test_the_range_is_what_is_drawn(opened):
    at = choose(opened, FUNCTIONS, activations_curves=["tanh"], activations_range=(-2.0, 9.0))
    spec = next(chart.proto for chart in at.get("vega_lite_chart") if chart.proto.datasets[0].name == "functions")
    z = spec.datasets[0].data.data
    assert z and "differ by at most" in text(at)
    choose(opened, FUNCTIONS, activations_range=(3.0, 3.0))
    assert plain("range: must rise within -20 to 20, but 3 to 3 came.") in text(opened)
    choose(opened, FUNCTIONS, activations_range=(-6.0, 6.0))


def test_claims_of_notes_are_corrected_with_their_figures(opened):
    said = text(choose(opened, FUNCTIONS))
    assert "slope at 5 is 0.00665" in said and "ELU has mean 0.161, ReLU 0.399" in said
    assert "P and NP have nothing to do with it" in said and "Six is one convolutional network" in said
    assert "Measured on this machine" in said


def test_no_activation_is_no_error(opened):
    at = choose(opened, FUNCTIONS, activations_curves=[])
    assert not at.dataframe
    choose(opened, DEPTH, activations_depth_names=[])
    choose(opened, FUNCTIONS, activations_curves=["relu", "tanh"])


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"activations_depth": 10}, "Sigmoid (Xavier normal): **vanishes**"),
        ({"activations_depth": 2}, "of the gradient of layer 2, "),
        ({"activations_depth_names": ["selu"]}, "SELU (LeCun normal)"),
        (
            {"activations_initializer": "large_normal", "activations_depth": 20},
            "ReLU (Large normal (1.0)): **explodes**",
        ),
        ({"activations_initializer": "small_normal"}, "ReLU (Small normal (0.01)): **vanishes** in all layers alike"),
        ({"activations_width": 50, "activations_depth": 12}, "of layer 12"),
        ({"activations_seed": 3, "activations_depth": 50, "activations_depth_names": ["relu"]}, "of layer 50"),
        ({"activations_depth": 1, "activations_depth_names": ["relu"]}, "of layer 1, "),
    ],
    ids=str,
)
def test_every_control_of_the_depth_changes_the_answer(opened, controls, words):
    start = {"activations_initializer": "fitting", "activations_width": 100, "activations_seed": 0}
    start |= {"activations_depth_names": ["sigmoid", "relu"], "activations_depth": 5}
    assert words not in text(choose(opened, DEPTH, **start))
    assert words in text(choose(opened, DEPTH, **controls))


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"positive_num_inputs": 20}, "1 + 3 × 20 = 61"),
        ({"positive_num_inputs": 2}, "by chance alone: 50.0%"),
        ({"activations_neuron_rate": 1.0}, "all positive left for good"),
        ({"positive_num_steps": 30}, "never in 30 steps"),
        ({"positive_batch_size": 20}, "with inputs around zero."),
        ({"positive_seed": 5}, "Length of the path"),
    ],
    ids=str,
)
def test_every_control_of_the_positive_inputs_changes_the_answer(opened, controls, words):
    start = {"positive_num_inputs": 10, "positive_num_steps": 200, "positive_batch_size": 1}
    before = text(choose(opened, POSITIVE, **start, activations_neuron_rate=0.2, positive_seed=0))
    after = text(choose(opened, POSITIVE, **controls))
    assert words in after and after != before


def test_equal_steps_are_said_honestly(opened):
    said = text(choose(opened, POSITIVE, activations_neuron_rate=0.05, positive_num_steps=1500, positive_batch_size=1,
                       positive_num_inputs=10))  # fmt: skip
    assert "The zig-zag costs hardly any steps here" in said


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"activations_bias": -10.0}, "ReLU, bias -10: "),
        ({"activations_bias": 0.01}, "ReLU, bias 0 against ReLU, bias 0.01"),
        ({"activations_dead_rate": 0.1}, "ReLU, bias 0: 0 of 40 units never fire"),
        ({"activations_cloud": "digits", "activations_dead_rate": 0.1}, "0 of 200 units never fire"),
        ({"dead_seed": 2}, "of 40 units never fire"),
    ],
    ids=str,
)
def test_every_control_of_the_dead_units_changes_the_answer(opened, controls, words):
    start = {"activations_cloud": "spiral", "activations_bias": 0.0, "activations_dead_rate": 1.0, "dead_seed": 0}
    before = text(choose(opened, DEAD, **start))
    after = text(choose(opened, DEAD, **controls))
    assert words in after and after != before
    assert ("cloud" in data_names(opened)) == ("activations_cloud" not in controls)


def test_leaky_units_can_come_back(opened):
    said = text(choose(opened, DEAD, activations_cloud="spiral", activations_dead_rate=1.0, activations_bias=0.0))
    assert "0 get no gradient at all, so they can come back" in said
    assert "get no gradient at all and cannot move" in said
    assert "little or no effect" in said


def open_again(at):
    return answered(at.switch_page(str(FOLDER / "activations.py")).run())


def test_try_it_on_train_carries_activation_and_depth_over(opened):
    at = choose(opened, DEPTH, activations_depth_names=["tanh", "relu"], activations_depth=6, activations_width=30)
    control(at, "activations_carried").set_value("relu").run()
    at.button(key="try_activation").click().run()
    config = at.session_state["config"]
    assert (config.activation, config.initializer, config.hidden_sizes) == ("relu", "kaiming_normal", (30,) * 6)
    assert config.dataset == "digits"
    open_again(at)
    assert control(at, "activations_depth").value == 6, "the lesson is found as it was left"


@pytest.mark.parametrize(
    ("part", "key", "expected"),
    [
        (FUNCTIONS, "try_activation", {"activation": "relu"}),
        (POSITIVE, "try_positive", {"dataset": "digits", "preprocessing": "none"}),
        (DEAD, "try_dead", {"activation": "relu", "dataset": "spiral", "learning_rate": 1.0}),
    ],
)
def test_every_part_leads_to_the_train_page(opened, part, key, expected):
    at = choose(opened, part)
    if part == FUNCTIONS:
        choose(at, part, activations_curves=["relu"])
    at.button(key=key).click().run()
    config = at.session_state["config"]
    assert {name: getattr(config, name) for name in expected} == expected
    open_again(at)
