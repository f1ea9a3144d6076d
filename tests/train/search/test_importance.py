"""Importances against scores whose shares of variance are known."""

import numpy as np
import pytest
from sklearn.ensemble import RandomForestRegressor
from sklearn.inspection import permutation_importance

from playground.train.search.importance import NUM_TREES, SEED, Importances, importances
from playground.train.search.trials import Trial
from tests.aids.scored_trials import KINDS, RATE, TWO, noise, scored


def means(found: Importances) -> list[float]:
    return [row.mean for row in found.rows]


def shares_of(trials: list[Trial]) -> tuple[np.ndarray, np.ndarray]:
    X = np.array([[axis.share_of(trial.params[axis.field]) for axis in TWO] for trial in trials], dtype=np.float32)
    return X, np.argsort(np.argsort([-trial.val_loss for trial in trials])).astype(float)


def test_a_field_that_matters_alone_gets_nearly_all():
    found = importances(TWO, scored(TWO, lambda rate, _: -((rate - 0.4) ** 2), 162))
    assert found.rows[0].field == "learning_rate" and found.rows[0].mean > 0.9
    assert abs(found.rows[1].mean) < 0.02 and found.explained > 0.9


@pytest.mark.parametrize(("weight", "expected"), [(1, 0.5), (2, 0.8), (0.5, 0.2)])
def test_importances_are_shares_of_the_variance(weight, expected):
    """Of a sum of w a + b, where both are uniform: w^2 / (w^2 + 1). The forest sees a little less."""
    seeds = range(3)
    found = [importances(TWO, scored(TWO, lambda a, b: weight * a + b, 162, seed)) for seed in seeds]
    mean = np.mean([means(each) for each in found], axis=0)
    np.testing.assert_allclose(mean, [expected, 1 - expected], atol=0.09)


def test_a_choice_counts_as_one_field():
    found = importances((KINDS, RATE), scored((KINDS, RATE), lambda kind, _: kind != 0.5, 81))
    assert means(found)[0] > 0.9 and abs(means(found)[1]) < 0.01


def test_trials_without_a_score_count_as_the_worst():
    """All scores are equal up to noise, but a high rate diverges; without these trials nothing would be seen."""
    random = noise()
    trials = scored(TWO, lambda rate, _: None if rate > 0.7 else random(), 162)
    assert importances(TWO, trials).rows[0].mean > 0.2
    only_scored = [trial for trial in trials if trial.score]
    assert importances(TWO, only_scored).rows[0].mean < 0.1


def test_a_few_huge_losses_are_not_all_that_is_explained():
    def score(rate: float, decay: float) -> float:
        return -1e6 if decay > 0.97 else rate

    found = importances(TWO, scored(TWO, score, 162))
    assert means(found)[0] > 3 * means(found)[1]


def test_what_the_forest_explains_is_its_out_of_bag_score():
    trials = scored(TWO, lambda a, b: a * b, 40)
    X, rank = shares_of(trials)
    forest = RandomForestRegressor(NUM_TREES, random_state=SEED, oob_score=True).fit(X, rank)
    assert importances(TWO, trials).explained == pytest.approx(forest.oob_score_, abs=1e-9)


def test_on_noise_nothing_matters_where_trials_that_were_seen_would_say_it_does():
    trials = scored(TWO, noise(), 81)
    found = importances(TWO, trials)
    assert found.explained < 0 and max(map(abs, means(found))) < 0.15
    X, rank = shares_of(trials)
    forest = RandomForestRegressor(NUM_TREES, random_state=SEED).fit(X, rank)
    wrong = permutation_importance(forest, X, rank, n_repeats=5, random_state=SEED)
    assert forest.score(X, rank) > 0.7 and (wrong.importances_mean / 2 > 0.25).all()


def test_the_same_trials_give_the_same_importances():
    trials = scored(TWO, noise(), 30)
    assert importances(TWO, trials) == importances(TWO, trials)


def test_equal_scores_say_nothing():
    found = importances(TWO, scored(TWO, lambda *_: 0.5, 10))
    assert found.explained == 0 and means(found) == [0, 0]
