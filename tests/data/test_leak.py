"""Leaks on purpose, against scikit-learn."""

import numpy as np
import pytest
from sklearn.datasets import load_wine
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import RidgeClassifier
from sklearn.preprocessing import StandardScaler

from playground.data.leak import (
    FRESH,
    SPOILED,
    Selection,
    accuracies,
    noise_draw,
    real_draw,
    ridge_guesses,
    separation,
    spoiled,
)

X, Y = load_wine(return_X_y=True)
RNG = np.random.default_rng(0)


def test_separation_is_the_f_statistic():
    np.testing.assert_allclose(separation(X, Y), f_classif(X, Y)[0], rtol=1e-8)
    assert separation(np.column_stack([X, np.ones(len(X))]), Y)[-1] == 0


@pytest.mark.parametrize("num_kept", [1, 5])
def test_selection_keeps_what_scikit_learn_keeps(num_kept):
    ours, theirs = Selection(num_kept).fit_transform(X, Y), SelectKBest(f_classif, k=num_kept).fit_transform(X, Y)
    assert {tuple(column) for column in ours.T} == {tuple(column) for column in theirs.T}


def test_guesses_are_those_of_scikit_learn():
    scaled = StandardScaler().fit_transform(X)
    rows = RNG.permutation(len(X))[:30]
    for classes in ([0, 1], [0, 1, 2]):
        part = rows[np.isin(Y[rows], classes)]
        expected = RidgeClassifier(alpha=1.0).fit(scaled[part], Y[part]).predict(scaled)
        assert (ridge_guesses(scaled[part], Y[part], scaled) == expected).all()


def test_the_parts_of_a_draw_do_not_overlap():
    draw = noise_draw(10, 5, np.random.default_rng(1))
    rows = np.arange(len(draw.X))
    assert len(draw.X) == 20 + FRESH and draw.y.sum() == len(draw.y) // 2
    assert set(rows[draw.train]) | set(rows[draw.val]) == set(rows[draw.known])
    assert not set(rows[draw.known]) & set(rows[draw.fresh])
    real = real_draw(X, Y, 10, np.random.default_rng(1))
    assert len({tuple(row) for row in real.X}) == len(real.X) == 20 + FRESH, "no row twice"


def test_only_one_validation_sample_is_spoiled():
    draw = real_draw(X, Y, 10, np.random.default_rng(1))
    changed = (spoiled(draw).X != draw.X).any(axis=1)
    assert np.flatnonzero(changed).tolist() == [19]
    np.testing.assert_allclose(spoiled(draw).X[19], SPOILED * draw.X[19])


def test_each_step_is_fitted_on_what_it_may_see():
    seen = []

    class Spy(Selection):
        def fit(self, X, y):
            seen.append(X)
            return super().fit(X, y)

    draw = noise_draw(10, 30, np.random.default_rng(1))
    accuracies(draw, lambda: Spy(5))
    np.testing.assert_array_equal(seen[0], draw.X[:10])  # fitting on all would be caught here
    np.testing.assert_array_equal(seen[1], draw.X[:20])
