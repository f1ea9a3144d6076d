"""Whitening with the epsilon that keeps noise from being blown up."""

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import PCA

EPSILON = 1e-5  # added to each eigenvalue, as in the CS231n notes
SMALLEST_DIVISOR = np.finfo(float).eps  # where neither eigenvalue nor epsilon is left; as in scikit-learn's PCA


class Whitening(TransformerMixin, BaseEstimator):
    """PCA, then each direction divided by sqrt(eigenvalue + epsilon).

    scikit-learn's PCA(whiten=True) has no epsilon and divides the covariance by N - 1; here it is divided by N.

    Args:
        epsilon: 0 or more; 0 blows directions without variance up.

    Source: CS231n notes, Neural networks part 2.
    """

    def __init__(self, n_components: int | None = None, epsilon: float = EPSILON):
        self.n_components = n_components
        self.epsilon = epsilon

    def fit(self, X: np.ndarray, y: None = None) -> "Whitening":
        """Rotation and eigenvalues of the covariance of X (N, D)."""
        self.pca_ = PCA(self.n_components, svd_solver="full").fit(X)
        self.eigenvalues_ = self.pca_.explained_variance_ * (len(X) - 1) / len(X)
        return self

    def transform(self, X: np.ndarray) -> np.ndarray:
        """(N, k) with covariance I on the data of the fit, less where an eigenvalue is not far above epsilon."""
        divisors = np.sqrt(np.maximum(self.eigenvalues_, 0) + self.epsilon)
        return self.pca_.transform(X) / np.maximum(divisors, SMALLEST_DIVISOR)
