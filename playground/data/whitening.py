"""Whitening with the epsilon that keeps noise from being blown up."""

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import PCA

EPSILON = 1e-5  # added to each eigenvalue, as in the CS231n notes


class Whitening(TransformerMixin, BaseEstimator):
    """PCA, then each direction divided by sqrt(eigenvalue + 1e-5).

    scikit-learn's PCA(whiten=True) has no epsilon and divides the covariance by N - 1; here it is divided by N.

    Source: CS231n notes, Neural networks part 2.
    """

    def __init__(self, n_components: int | None = None):
        self.n_components = n_components

    def fit(self, X: np.ndarray, y: None = None) -> "Whitening":
        """Rotation and eigenvalues of the covariance of X (N, D)."""
        self.pca_ = PCA(self.n_components, svd_solver="full").fit(X)
        self.eigenvalues_ = self.pca_.explained_variance_ * (len(X) - 1) / len(X)
        return self

    def transform(self, X: np.ndarray) -> np.ndarray:
        """(N, k) with covariance I on the data of the fit, less where an eigenvalue is near 1e-5."""
        return self.pca_.transform(X) / np.sqrt(self.eigenvalues_ + EPSILON)
