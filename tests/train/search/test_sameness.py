"""Trials that cannot differ."""

from playground.config import Config
from playground.train.search.plan import plan_repeat
from playground.train.search.sameness import deciding_choices, sameness, training_key, why_idle
from playground.train.search.space import parse_space
from tests.aids.training import tiny

WINE = parse_space("momentum:0.5..0.95,optimizer:sgd|adam")
BASE = Config.parse({"dataset": "wine", "num_epochs": 5})


def planned(space, base, trials=9, methods=("grid",)):
    return plan_repeat(space, methods, trials, base.num_epochs, base.seed, 0)


def test_a_key_forgets_fields_without_effect_and_nothing_else():
    sgd, adam = tiny(optimizer="sgd", learning_rate=0.1), tiny(optimizer="adam", learning_rate=0.1)
    assert training_key(sgd.replace(momentum=0.5)) == training_key(sgd.replace(momentum=0.7))
    assert training_key(adam.replace(momentum=0.5)) != training_key(adam.replace(momentum=0.7))
    assert training_key(sgd) != training_key(adam) and training_key(sgd) != training_key(sgd.replace(seed=1))


def test_four_of_eight_trials_are_one_training():
    found = sameness(WINE, planned(WINE, BASE), BASE)
    assert found.counts == (("grid", 4, 8),)
    assert found.reasons == ("SGD has no momentum.",)
    assert found.idle == (("momentum", "optimizer", ("adam",)),)


def test_with_the_condition_none_are():
    space = parse_space("momentum@optimizer=adam:0.5..0.95,optimizer:sgd|adam")
    assert sameness(space, planned(space, BASE), BASE).counts == ()
    space = parse_space("learning_rate:1e-4..1:log,weight_decay:1e-6..0.1:log")
    assert sameness(space, planned(space, BASE, 25, ("grid", "random")), BASE).counts == ()


def test_values_drawn_twice_are_one_training_too():
    space = parse_space("activation:relu|tanh")
    ((method, same, number),) = sameness(space, planned(space, BASE, 6, ("random",)), BASE).counts
    assert (method, number) == ("random", 6) and same >= 5


def test_a_field_without_effect_under_every_choice_is_told_apart():
    momentum, optimizer = WINE
    assert deciding_choices(momentum, optimizer, BASE) == ("adam",)
    assert deciding_choices(optimizer, momentum, BASE) == ()
    rate = parse_space("learning_rate:1e-4..1:log,optimizer:sgd|adam")
    assert deciding_choices(rate[0], rate[1], BASE) == ()
    plain = BASE.replace(optimizer="sgd", learning_rate=0.1)
    assert why_idle(momentum, (momentum,), plain) == "SGD has no momentum."
    assert why_idle(momentum, WINE, plain) == ""  # Adam is tried too
