"""Fields that are tried only with some choices of another: read, refused, and obeyed by the points of every method."""

import importlib.util

import pytest

from playground.parsing import ConfigError
from playground.train.search.axis import Axis
from playground.train.search.condition import condition_text
from playground.train.search.halving import rungs
from playground.train.search.importance import importances
from playground.train.search.plan import plan_repeat, trials_each
from playground.train.search.points import active, grid_levels, grid_points, grid_size, random_points
from playground.train.search.space import parse_space
from playground.train.search.tpe import Suggestions
from playground.train.search.trials import Trial
from playground.train.search.verdict import borders
from playground.train.search.zoom import zoom_sentence, zoomed

TEXT = "momentum@optimizer=momentum|adam:0.5..0.95,optimizer:sgd|momentum|adam,learning_rate:1e-4..1:log"
SPACE = parse_space(TEXT)
SMALL = parse_space("momentum@optimizer=adam:0.5..0.95,optimizer:sgd|adam")


def test_a_condition_is_read_and_comes_back():
    assert SPACE[0] == Axis("momentum", 0.5, 0.95, depends_on="optimizer", only_for=("momentum", "adam"))
    assert [condition_text(axis) for axis in SPACE] == ["@optimizer=momentum|adam", "", ""]
    spaced = parse_space(" momentum @ optimizer = momentum | adam : 0.5..0.95, optimizer:sgd|momentum|adam")
    assert spaced == SPACE[:2]
    chosen = parse_space("pooling@architecture=conv:max|average,architecture:dense|conv")
    assert chosen[0].only_for == ("conv",) and chosen[0].choices == ("max", "average")


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("momentum@optimizer=adam:0..0.9", "momentum", "depends on optimizer, which is not searched here"),
        (
            "momentum@optimiser=adam:0..0.9,optimizer:sgd|adam",
            "momentum",
            "depends on optimiser, which is not searched",
        ),
        ("momentum@:0..0.9,optimizer:sgd|adam", "momentum", "must say on what it depends"),
        ("momentum@optimizer:0..0.9,optimizer:sgd|adam", "momentum", "must say on what it depends"),
        ("momentum@optimizer=:0..0.9,optimizer:sgd|adam", "momentum", "must say on what it depends"),
        ("momentum@optimizer=adam|:0..0.9,optimizer:sgd|adam", "momentum", "must say on what it depends"),
        (
            "momentum@optimizer=rmsprop:0..0.9,optimizer:sgd|adam",
            "momentum",
            "=rmsprop, but the space has optimizer:sgd",
        ),
        ("momentum@momentum=1:0..0.9", "momentum", "cannot depend on itself"),
        ("momentum@dropout=0:0..0.9,dropout:0..0.5", "momentum", "depends on dropout, which is a range here"),
        (
            "beta2@pooling=max:0.9..0.99,pooling@architecture=conv:max|average,architecture:dense|conv",
            "beta2",
            "which itself depends on architecture",
        ),
        ("@optimizer=adam:0..0.9,optimizer:sgd|adam", "space", "an empty one came"),
    ],
)
def test_a_bad_condition_is_one_clear_sentence(text, field, words):
    with pytest.raises(ConfigError) as refused:
        parse_space(text)
    assert list(refused.value.problems) == [field] and words in refused.value.problems[field]
    assert len(str(refused.value)) < 200


def test_a_grid_spends_its_trials_where_they_differ():
    """The wrong variant, a plain product, tries 4 momenta with plain gradient descent, which has none."""
    points = grid_points(SMALL, 9)
    assert grid_levels(SMALL, 9) == (8, 2) and grid_size(SMALL, (8, 2)) == len(points) == 9
    assert points.count({"optimizer": "sgd"}) == 1
    assert len({point["momentum"] for point in points if point["optimizer"] == "adam"}) == 8
    assert grid_levels(parse_space("momentum:0.5..0.95,optimizer:sgd|adam"), 9) == (4, 2)


@pytest.mark.parametrize("trials", [1, 2, 3, 9, 25, 60])
@pytest.mark.parametrize("space", [SPACE, SMALL, SPACE[::-1]], ids=["three", "two", "turned round"])
def test_a_grid_stays_within_its_trials_and_has_no_point_twice(space, trials):
    points = grid_points(space, trials)
    assert len(points) == grid_size(space, grid_levels(space, trials)) <= trials
    assert len({tuple(sorted(point.items())) for point in points}) == len(points)
    assert all(set(point) == set(active(space, {"momentum": 0, **point})) for point in points)


def test_random_points_have_the_field_only_where_it_is_tried():
    points = random_points(SPACE, 60, 0)
    assert {("momentum" in point) == (point["optimizer"] != "sgd") for point in points} == {True}
    free = random_points(parse_space("momentum:0.5..0.95,optimizer:sgd|momentum|adam,learning_rate:1e-4..1:log"), 60, 0)
    assert [active(SPACE, point) for point in free] == points  # the same draw


def test_every_method_gets_the_trials_of_the_grid():
    assert trials_each(SMALL, ("grid", "random"), 9) == 9 and trials_each(SMALL, ("random",), 7) == 7
    trials = plan_repeat(SMALL, ("grid", "random", "halving"), 9, 9, 0, 0)
    assert sum(trial.method == "halving" for trial in trials) == rungs(9, 9)[0].trials
    assert all(("momentum" in trial.params) == (trial.params["optimizer"] == "adam") for trial in trials)


@pytest.mark.skipif(importlib.util.find_spec("optuna") is None, reason="needs optuna")
def test_tpe_follows_a_field_that_only_some_trials_have():
    suggestions, points = Suggestions(SMALL, 0), []
    for size in (10, 8, 8, 8):
        batch = suggestions.ask(size)
        losses = [1 + (point["momentum"] - 0.7) ** 2 if "momentum" in point else 9 for point in batch]
        suggestions.tell(
            [
                Trial("tpe", 0, point, status="finished", val_loss=loss)
                for point, loss in zip(batch, losses, strict=True)
            ]
        )
        points += batch
    assert all(("momentum" in point) == (point["optimizer"] == "adam") for point in points)
    late = [point["momentum"] for point in points[18:] if "momentum" in point]
    assert len(late) > 8 and sum(abs(momentum - 0.7) for momentum in late) / len(late) < 0.11  # 0.14 by chance


def scored(space, loss_of, count=60):
    return [
        Trial("random", 0, point, number, "finished", val_loss=loss_of(point))
        for number, point in enumerate(random_points(space, count, 3))
    ]


def test_the_border_of_a_field_is_judged_where_it_is_tried():
    trials = scored(SMALL, lambda point: 1 - point.get("momentum", 0.5))
    assert borders(SMALL, trials) == {"momentum": "high", "optimizer": "none"}


def test_what_matters_is_told_of_a_field_that_only_some_trials_have():
    trials = scored(SMALL, lambda point: 2 - point["momentum"] if "momentum" in point else 1.0)
    momentum, optimizer = importances(SMALL, trials).rows
    assert momentum.mean > 0.2 and optimizer.mean > 0.2
    idle = scored(SMALL, lambda point: 1 + (point["optimizer"] == "sgd"))
    momentum, optimizer = importances(SMALL, idle).rows
    assert abs(momentum.mean) < 0.02 and optimizer.mean > 0.4


def test_zooming_keeps_a_condition_as_long_as_it_says_something():
    best_adam = scored(
        SPACE, lambda point: 1 + abs(point.get("momentum", 0.5) - 0.7) + 9 * (point["optimizer"] == "sgd")
    )
    after = zoomed(SPACE, best_adam, {})
    assert after[1].choices == ("momentum", "adam") and after[0].depends_on == ""
    best_sgd = scored(SMALL, lambda point: 1 + (point["optimizer"] == "adam"))
    assert zoomed(SMALL, best_sgd, {})[0].depends_on == "optimizer"  # two choices always stay


def test_a_zoom_that_leaves_a_field_out_says_so():
    assert "leaves out momentum" in zoom_sentence("Search 2", SPACE, SPACE[1:], 9)
