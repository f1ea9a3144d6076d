"""TPE's suggestions, and what they are told."""

import importlib.util
import logging

import numpy as np
import pytest

from playground.catalog import SEARCH_METHODS
from playground.fields import SPECS
from playground.jobs.search.settings import SEARCH_SPECS
from playground.parsing import ConfigError
from playground.train.search.methods import checked_methods
from playground.train.search.space import parse_space
from playground.train.search.tpe import BATCH, FIRST, Suggestions, batches, objective
from playground.train.search.trials import Trial

PLANE = parse_space("learning_rate:1e-4..1:log,dropout:0..0.5")
MIXED = parse_space("activation:relu|tanh|elu,batch_size:4..64:log,learning_rate:1e-4..1:log,dropout:0..0.5")


def trial(params, loss=1.0, accuracy=None, status="finished"):
    score = {} if status != "finished" else {"val_loss": loss, "val_accuracy": accuracy}
    return Trial("tpe", 0, params, status=status, **score)


def followed(axes, loss_of, trials=34, seed=0):
    """All points that are asked for when each has this loss; None: it diverged."""
    suggestions, points = Suggestions(axes, seed), []
    for size in batches(trials):
        batch = suggestions.ask(size)
        losses = [loss_of(params) for params in batch]
        told = [
            trial(p, loss, status="finished" if loss else "diverged") for p, loss in zip(batch, losses, strict=True)
        ]
        suggestions.tell(told)
        points += batch
    return points


def bowl(params):
    return 0.1 + (np.log10(params["learning_rate"]) + 2) ** 2 + (params["dropout"] - 0.2) ** 2


@pytest.mark.parametrize("trials", [1, 9, 10, 11, 18, 25, 81])
def test_batches_hold_every_trial(trials):
    sizes = batches(trials)
    assert sum(sizes) == trials and sizes[0] == min(trials, FIRST) and max(sizes[1:], default=0) <= BATCH


def test_points_lie_on_their_axes():
    for params in followed(MIXED, lambda _: 1.0):
        assert list(params) == [axis.field for axis in MIXED]
        assert params["activation"] in ("relu", "tanh", "elu") and params["batch_size"] in range(4, 65)
        assert 1e-4 <= params["learning_rate"] <= 1 and 0 <= params["dropout"] <= 0.5


def test_a_log_axis_is_searched_in_its_logarithm():
    first = [Suggestions(PLANE, seed).ask(FIRST) for seed in range(20)]
    rates = [params["learning_rate"] for batch in first for params in batch]
    assert np.mean(np.array(rates) > 0.1) == pytest.approx(0.25, abs=0.08)  # nine tenths of uniform draws


def test_equal_seeds_ask_for_equal_points():
    assert followed(PLANE, bowl, seed=3) == followed(PLANE, bowl, seed=3) != followed(PLANE, bowl, seed=4)


def test_later_points_are_better_than_the_first():
    better = [np.mean([bowl(p) for p in points[-BATCH:]]) < np.mean([bowl(p) for p in points[:FIRST]])
              for points in (followed(PLANE, bowl, seed=seed) for seed in range(6))]  # fmt: skip
    assert sum(better) >= 5


def test_points_of_one_batch_lie_apart():
    suggestions = Suggestions(PLANE, 0)
    suggestions.tell([trial(params, bowl(params)) for params in suggestions.ask(FIRST)])
    assert len({params["learning_rate"] for params in suggestions.ask(BATCH)}) == BATCH


def test_a_corner_where_trials_diverge_is_left():
    def half(params):
        return None if params["learning_rate"] > 1e-2 else 1.0

    diverged = [params["learning_rate"] > 1e-2 for params in followed(PLANE[:1], half, trials=50)]
    assert np.mean(diverged[FIRST:]) < 0.25 < 0.5  # half of all points by chance


def test_the_objective_has_the_order_of_the_score():
    step = 1 / SPECS["num_samples"].high
    best_first = [
        trial({}, 9.0, 0.5 + step), trial({}, 0.1, 0.5), trial({}, 5.0, 0.5), trial({}, 1e9, 0.0),
        trial({}, status="cut"),
    ]  # fmt: skip
    values = [objective(each) for each in best_first]
    assert values == sorted(values) and len(set(values)) == len(values)
    scores = [each.score for each in best_first[:-1]]
    assert scores == sorted(scores, reverse=True)


def test_nothing_is_logged(capfd):
    followed(PLANE, bowl, trials=12)
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("optuna").getEffectiveLevel() >= logging.WARNING


def test_absent_it_is_refused_with_the_way_to_install_it(monkeypatch, root):
    monkeypatch.setattr("playground.catalog.search_methods.find_spec", lambda name: None)
    row = SEARCH_METHODS["tpe"]
    assert row.missing == "needs the optional requirement optuna: pip install -r requirements-optuna.txt."
    assert (root / "requirements-optuna.txt").read_text().startswith("optuna==")
    assert SEARCH_METHODS["random"].missing == ""
    with pytest.raises(ConfigError) as caught:
        checked_methods("method", SEARCH_SPECS["methods"], "random,tpe")
    assert str(caught.value) == f"method: tpe {row.missing}"


def test_here_it_is_present():
    assert importlib.util.find_spec("optuna") and SEARCH_METHODS["tpe"].missing == ""
