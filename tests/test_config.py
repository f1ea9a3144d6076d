"""Config and its fields."""

import json
import random
import re

import pytest

from playground.config import Config
from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.spec import GROUPS
from tests.aids.choices import bounded, random_values

DEFAULT = Config()
NUM_RANDOM = 200


def parsed(seed: int) -> Config | None:
    """A random Config; None where the combination is refused."""
    try:
        return Config.parse(random_values(random.Random(seed)))
    except ConfigError:
        return None


RANDOM = [config for seed in range(NUM_RANDOM) if (config := parsed(seed))]


@pytest.mark.parametrize(("name", "spec"), SPECS.items(), ids=SPECS)
def test_every_field_explains_itself(name, spec):
    assert spec.label
    assert spec.help.endswith(".") and ". " not in spec.help  # one sentence
    assert spec.group in GROUPS
    assert (spec.low is None) == (spec.high is None)


@pytest.mark.parametrize("name", bounded())
def test_both_ends_of_the_bounds_are_allowed_and_nothing_beyond(name):
    spec = SPECS[name]
    for inside in (spec.low, spec.high):
        problems = Config.salvage({name: inside})[1]
        assert spec.rule not in problems.get(name, "")
    for outside in (spec.low - 1, spec.high + 1):
        with pytest.raises(ConfigError, match=re.escape(f"{name}: {spec.rule}, but")):
            Config.parse({name: outside})


@pytest.mark.parametrize("bad", ["abc", "nan", "inf", "", None, [], {}, True, float("nan"), "1e999", [1, 2]], ids=repr)
@pytest.mark.parametrize("name", bounded())
def test_what_is_no_number_is_refused_with_the_rule_and_what_came(name, bad):
    with pytest.raises(ConfigError) as caught:
        Config.parse({name: bad})
    assert caught.value.problems == {name: f"{SPECS[name].rule}, but {bad!r} came."}


@pytest.mark.parametrize("name", [name for name in bounded() if isinstance(getattr(DEFAULT, name), int)])
def test_a_whole_number_has_no_fraction(name):
    with pytest.raises(ConfigError, match=name):
        Config.parse({name: SPECS[name].low + 0.5})


@pytest.mark.parametrize("name", [name for name, spec in SPECS.items() if spec.table is not None])
def test_a_misspelt_choice_gets_the_nearest_and_all_known(name):
    known = list(SPECS[name].table)
    with pytest.raises(ConfigError) as caught:
        Config.parse({name: known[0] + "x"})
    problem = caught.value.problems[name]
    assert f"{known[0] + 'x'!r}. Did you mean " in problem
    assert problem.endswith(f"Known: {', '.join(known)}.")


def test_a_misspelt_field_gets_the_nearest():
    with pytest.raises(ConfigError) as caught:
        Config.parse({"learning_rat": 1})
    assert caught.value.problems["learning_rat"].startswith("there is no such field. Did you mean 'learning_rate'?")


def test_a_long_bad_value_is_cut_short():
    with pytest.raises(ConfigError) as caught:
        Config.parse({"learning_rate": "x" * 10_000})
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("bad", ["-3", "8,x", "8,,8", "0", "2000", "8,8.5", [8, None], [[8]], {"a": 8}], ids=repr)
def test_bad_layer_sizes_are_refused(bad):
    with pytest.raises(
        ConfigError, match="hidden_sizes: must be at most 51 comma-separated whole numbers from 1 to 1000"
    ):
        Config.parse({"hidden_sizes": bad})


@pytest.mark.parametrize("text", ["", "none", "None"])
def test_no_layers_can_be_written(text):
    assert Config.parse({"hidden_sizes": text}).hidden_sizes == ()


@pytest.mark.parametrize(("text", "value"), [("true", True), ("No", False), ("1", True), (False, False)])
def test_a_switch_takes_the_usual_words(text, value):
    assert Config.parse({"residual": text}).residual is value


def test_a_switch_refuses_other_words():
    with pytest.raises(ConfigError, match="residual: must be true or false, but 'maybe' came"):
        Config.parse({"residual": "maybe"})


def test_several_rows_are_kept_once_in_the_order_of_the_table():
    assert Config.parse({"features": "x2_squared,x1,x2^2"}).features == ("x1", "x2_squared")


def test_numbers_may_come_as_text():
    assert Config.parse({"num_epochs": "3e1", "learning_rate": "1e-2"}).num_epochs == 30


@pytest.mark.parametrize("num_epochs", ["90", 90, 90.0, "9e1"])
def test_the_step_size_is_a_third_of_the_run_unless_given(num_epochs):
    assert Config.parse({"num_epochs": num_epochs}).step_size == 30
    assert Config.parse({"num_epochs": num_epochs, "step_size": 7}).step_size == 7


def test_no_third_drop_comes_before_the_end_of_a_run():
    for num_epochs in range(1, 200):
        step_size = Config.parse({"num_epochs": num_epochs, "schedule": "step"}).step_size
        assert num_epochs / 3 <= step_size < num_epochs / 3 + 1


@pytest.mark.parametrize(("num_epochs", "step_size"), [(30, 10), (31, 31), (32, 8), (20, 5), (10, 5), (7, 1), (1, 1)])
def test_the_last_cycle_ends_with_the_run_unless_another_step_size_is_given(num_epochs, step_size):
    config = Config.parse({"num_epochs": num_epochs, "schedule": "cosine_restarts"})
    assert config.step_size == step_size
    assert config.replace(num_epochs=30, step_size=7).step_size == 7
    assert config.replace(num_epochs=60).step_size == 20


def test_the_last_cycle_ends_with_a_run_of_any_length():
    for num_epochs in (*range(1, 300), 9_973, 10_000):
        assert num_epochs % Config.parse({"num_epochs": num_epochs, "schedule": "cosine_restarts"}).step_size == 0


@pytest.mark.parametrize(("values", "keeps"), [
    ({}, False), ({"early_stopping": 0}, False), ({"early_stopping": 3}, True), ({"early_stopping": "3"}, True),
    ({"early_stopping": 3, "keep_best": False}, False), ({"keep_best": True}, True),
], ids=str)  # fmt: skip
def test_early_stopping_keeps_the_best_weights_unless_told_otherwise(values, keeps):
    config = Config.parse(values)
    assert config.keep_best is keeps
    assert config.replace(seed=1).keep_best is keeps
    assert "keep_best" not in config.changes() or "keep_best" in values


def test_leaving_early_stopping_leaves_what_followed_from_it():
    config = Config.parse({"early_stopping": 3})
    assert not config.replace(early_stopping=0).keep_best


@pytest.mark.parametrize("patience", [-1, "x", None, 1e300, 99_999])
def test_a_bad_patience_is_the_only_problem(patience):
    with pytest.raises(ConfigError) as caught:
        Config.parse({"early_stopping": patience})
    assert set(caught.value.problems) == {"early_stopping"}


@pytest.mark.parametrize("num_epochs", [99_999, "1e300", -5, "x", None])
def test_a_bad_number_of_epochs_is_the_only_problem(num_epochs):
    with pytest.raises(ConfigError) as caught:
        Config.parse({"num_epochs": num_epochs})
    assert set(caught.value.problems) == {"num_epochs"}


def test_a_config_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        DEFAULT.seed = 1


def test_most_random_values_make_a_config():
    assert len(RANDOM) > NUM_RANDOM / 3


@pytest.mark.parametrize("config", RANDOM, ids=range(len(RANDOM)))
def test_the_changes_rebuild_the_config(config):
    assert Config.parse(config.changes()) == config
    assert Config.parse(json.loads(json.dumps(config.changes()))) == config
    assert Config.parse(json.loads(config.model_dump_json())) == config


def test_the_default_config_has_no_changes():
    assert DEFAULT.changes() == {}


def test_replacing_a_choice_brings_its_defaults_along():
    config = Config.parse({"dataset": "digits"}).replace(dataset="iris", seed=3)
    assert config == Config.parse({"dataset": "iris", "seed": 3})


@pytest.mark.parametrize("seed", range(NUM_RANDOM))
def test_what_can_be_saved_of_a_bad_config_is_saved(seed):
    values = random_values(random.Random(seed)) | {"learning_rate": "x", "no_such_field": 1}
    config, problems = Config.salvage(values)
    assert {"learning_rate", "no_such_field"} <= set(problems)
    assert Config.parse(config.changes()) == config
