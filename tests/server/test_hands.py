"""The browser's hand always wins, in order, whatever messages come between and whichever are late or lost."""

import pytest

from playground.config import Config
from playground.fields import SPECS
from playground.link import PARAMETER, config_of_url, encode
from playground.presets import PRESETS
from playground.ui.fields.widgets import to_widget
from playground.ui.training.form import form_fields
from tests.aids.hands import Hands
from tests.aids.visitor import visiting
from tests.ui.form_changes import before_and_after

STEPS_AN_EPOCH = 50  # 500 samples in batches of 10
TYPED = {"num_epochs": "7", "learning_rate": "0.003", "hidden_sizes": "5, 5", "weight_decay": "1e-3"}
LONG = Config(num_epochs=10_000)


@pytest.fixture(scope="module")
def visitor(server):
    """Someone whose network learns all the time."""
    with visiting(server, f"{PARAMETER}={encode(LONG)}") as visitor:
        yield visitor.open().press("train").see("Training")
        visitor.press("stop")


@pytest.fixture
def newcomer(server):
    with visiting(server, f"{PARAMETER}={encode(LONG)}") as visitor:
        yield visitor.open()
        visitor.press("reset")


def config(visitor) -> Config:
    return config_of_url(f"?{visitor.query}")[0]


def shown(visitor) -> dict[str, object]:
    """What the fields of the form hold; it comes in one piece with how far the server is."""
    return {name: field["value"] for name, field in visitor.hands["form"].fields.items()}


def said_by(config: Config) -> dict[str, object]:
    """What the fields should hold."""
    return {field.name: field.message["value"] for field in form_fields(config)}


def go_back_to(visitor, config: Config) -> Hands:
    """As the browser's Back does, which changes the form and leaves the run alone; returns the form's hands."""
    run = visitor.query.rpartition("run=")[2]
    visitor.open(query_string=f"{PARAMETER}={encode(config)}&run={run}", is_history_navigation=True)
    assert shown(visitor) == said_by(config)
    return visitor.hands["form"]


@pytest.mark.parametrize("name", SPECS)
def test_a_change_while_training_outlasts_a_look_that_left_before_it(visitor, name):
    before, after = before_and_after(name)
    form = go_back_to(visitor, before)
    visitor.send(visitor.state_of("form"), is_auto_rerun=True)
    form.add(name, to_widget(SPECS[name], getattr(after, name)))
    assert shown(visitor.until_taken()) == said_by(after)
    assert "run=" in visitor.query


DEAD = dict(PRESETS["dead_relu"].values)


@pytest.mark.parametrize(
    ("hands", "expected"),
    [
        ({"dataset": "xor", "noise": "0.5"}, {"num_epochs": 10_000, "dataset": "xor", "noise": 0.5}),
        ({"preset": "dead_relu", "learning_rate": "0.5"}, {**DEAD, "learning_rate": 0.5}),
        ({"learning_rate": "0.5", "preset": "dead_relu"}, DEAD),
        ({"num_samples": "x", "seed": "3"}, {"num_epochs": 10_000, "seed": 3}),
        ({"num_samples": {"a": 1}, "zebra": "3", "preset": ["x"], "seed": "3"}, {"num_epochs": 10_000, "seed": 3}),
    ],
    ids=["two changes", "preset then change", "change then preset", "one of them wrong", "nonsense"],
)
def test_several_in_one_message_are_taken_in_order(newcomer, hands, expected):
    newcomer.do(**hands)
    assert config(newcomer) == Config.parse(expected)


def test_a_lost_message_loses_nothing(newcomer):
    form = newcomer.hands["form"]
    form.add("seed", "3")
    newcomer.state_of("form")  # and the connection is gone
    newcomer.do(noise="0.5")
    assert config(newcomer) == LONG.replace(seed=3, noise=0.5)


def test_what_was_taken_is_not_taken_again_after_another_change_by_the_server(newcomer):
    """A preset, New seed and Back change the form too; the browser still holds the list of before."""
    newcomer.hands["form"].add("noise", "0.5")
    taken = newcomer.state_of("form")
    newcomer.open(taken)
    newcomer.open(query_string=f"{PARAMETER}={encode(LONG)}", is_history_navigation=True)
    for _ in range(2):
        newcomer.open(taken)
    newcomer.open(taken, is_auto_rerun=True)
    assert config(newcomer) == LONG


def test_another_session_does_not_repeat_what_the_one_before_has_taken(newcomer, server):
    newcomer.do(noise="0.5")
    newcomer.hands["form"].add("noise", "0.7")
    old = newcomer.hands["form"]
    with visiting(server, f"{PARAMETER}={encode(LONG)}") as after:
        after.open()
        of_the_old_session = old.state(after.state_of("form").id)
        after.open(of_the_old_session)
        assert config(after) == LONG
        after.hands["form"] = old
        after.open().until_taken()  # the answer says which session it is
        assert config(after) == LONG.replace(noise=0.7), "what nobody has answered counts, in the new session too"


def test_a_page_that_was_loaded_again_counts_from_the_start(newcomer):
    newcomer.do(seed="3", noise="0.5")
    newcomer.hands["form"] = Hands()
    newcomer.open().do(seed="4")
    assert config(newcomer) == LONG.replace(seed=4, noise=0.5)


@pytest.mark.parametrize("button", ["train", "step", "epoch", "reset", "seed"])
def test_what_stands_in_the_fields_when_a_button_is_pressed_is_what_it_acts_on(newcomer, button):
    form = newcomer.hands["form"]
    for name, text in TYPED.items():
        form.add(name, text)
    newcomer.open(newcomer.pressed(button), newcomer.state_of("form"))
    assert config(newcomer).replace(seed=0) == Config.parse(TYPED)
    assert "Changed since this run" not in newcomer.text
    is_run = any(words in newcomer.text for words in (" of 7", f"after {7 * STEPS_AN_EPOCH} steps"))  # or has ended
    assert is_run == (button != "reset" and button != "seed")


def test_new_seed_keeps_the_preset_and_its_hint(newcomer):
    newcomer.do(preset="digits")
    for name, value in {"num_epochs": "3", "num_seeds": "2"}.items():
        newcomer.do(**{name: value})
    newcomer.press("seed")
    assert config(newcomer).seed == 1
    assert newcomer.value_of("preset") == "digits"
    assert PRESETS["digits"].sees in newcomer.text
    newcomer.do(noise="0.7", num_samples="500")
    assert newcomer.value_of("preset") == "own"
    assert PRESETS["digits"].sees not in newcomer.text


def test_choices_that_come_faster_than_answers_are_all_taken(visitor):
    """Streamlit would end a callback in its middle where the next message has come."""
    form = go_back_to(visitor, LONG)
    for number in range(1, 41):
        name = ("seed", "noise", "train_fraction", "momentum")[number % 4]
        form.add(name, str(number) if name == "seed" else f"{number / 100 + 0.1:g}")
        visitor.send(visitor.state_of("form"), is_auto_rerun=number % 3 == 0)
    last = {"seed": 40, "noise": 0.47, "train_fraction": 0.48, "momentum": 0.49}
    assert shown(visitor.until_taken()) == said_by(LONG.replace(**last))
