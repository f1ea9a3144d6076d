"""Scaling of all inputs by one number."""

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin


class GlobalScaler(TransformerMixin, BaseEstimator):
    """Subtracts each input's mean and divides all inputs by one standard deviation: of everything that is left.

    Inputs keep their sizes relative to each other, unlike with scikit-learn's StandardScaler.
    """

    def fit(self, X: np.ndarray, y: None = None) -> "GlobalScaler":
        """Means (D,) and the one deviation of X (N, D); 1 where nothing varies."""
        self.mean_ = X.mean(axis=0)
        self.scale_ = float(np.sqrt(np.mean((X - self.mean_) ** 2))) or 1.0
        return self

    def transform(self, X: np.ndarray) -> np.ndarray:
        """(N, D) with mean 0 in each input, and mean square 1 over all, on the data of the fit."""
        return (X - self.mean_) / self.scale_
