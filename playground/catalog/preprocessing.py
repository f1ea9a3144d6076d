"""Preprocessing, fitted on the training split only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.registry import Row, Table


@dataclass(frozen=True, kw_only=True)
class Preprocessing(Row):
    """One preprocessing.

    Args:
        arguments: keyword arguments of the target.
        reduces: whether num_components counts.
        divides_each: whether each input, or each direction, is divided by its own spread, however small.
    """

    arguments: Mapping[str, object] = field(default_factory=dict)
    reduces: bool = False
    divides_each: bool = False

    @property
    def has_epsilon(self) -> bool:
        return "epsilon" in self.arguments


PREPROCESSING = Table(
    "preprocessing",
    "Preprocessing",
    "What is done to the inputs first, with statistics of the training split alone.",
    (
        Preprocessing(
            name="none",
            label="None",
            formula=r"x",
            about="The inputs as they come.",
            source="CS231n notes, Neural networks part 2",
            target="sklearn.preprocessing.FunctionTransformer",
        ),
        Preprocessing(
            name="center",
            label="Center",
            formula=r"x - \mu",
            about="Subtracts each input's training mean.",
            source="CS231n notes, Neural networks part 2",
            target="sklearn.preprocessing.StandardScaler",
            arguments={"with_std": False},
        ),
        Preprocessing(
            name="standardize",
            label="Standardize",
            formula=r"(x - \mu)/\sigma",
            about="Mean 0 and standard deviation 1 for each input of the training split; in moved images, ink on a "
            "pixel that is nearly always blank becomes huge.",
            source="scikit-learn, StandardScaler",
            target="sklearn.preprocessing.StandardScaler",
            divides_each=True,
        ),
        Preprocessing(
            name="standardize_global",
            label="Standardize overall",
            formula=r"(x - \mu)/\sigma,\ \sigma^2 = \frac1D \sum_d \sigma_d^2",
            about="Subtracts each input's training mean, then divides all inputs by one standard deviation, so that "
            "quiet pixels stay quiet.",
            source="CS231n lecture 7, Training neural networks II: the mean image, and one deviation for each channel, "
            "of which a grey image has one",
            target="playground.data.scaling.GlobalScaler",
        ),
        Preprocessing(
            name="robust",
            label="Robust",
            formula=r"(x - \text{median})/\text{IQR}",
            about="Median and interquartile range instead of mean and deviation, so that outliers do not count.",
            source="scikit-learn, RobustScaler",
            target="sklearn.preprocessing.RobustScaler",
        ),
        Preprocessing(
            name="minmax",
            label="Min-max",
            formula=r"(x - \min)/(\max - \min)",
            about="Maps the training range of each input to [0, 1]; one outlier squeezes all the rest.",
            source="scikit-learn, MinMaxScaler",
            target="sklearn.preprocessing.MinMaxScaler",
        ),
        Preprocessing(
            name="normalizer",
            label="Normalizer",
            formula=r"x / \lVert x \rVert_2",
            about="Scales each sample, not each input, to length 1.",
            source="scikit-learn, Normalizer",
            target="sklearn.preprocessing.Normalizer",
        ),
        Preprocessing(
            name="pca",
            label="PCA",
            formula=r"(x - \mu)\,U_k",
            about="Rotates onto the directions of largest variance and keeps num_components of them (0: all).",
            source="scikit-learn, PCA",
            target="sklearn.decomposition.PCA",
            arguments={"svd_solver": "full"},
            reduces=True,
        ),
        Preprocessing(
            name="whiten",
            label="Whiten",
            formula=r"(x - \mu)\,U_k\,/\sqrt{\lambda + 10^{-5}}",
            about="PCA, then each direction divided by the root of its eigenvalue: the covariance becomes I.",
            source="CS231n notes, Neural networks part 2",
            target="playground.data.whitening.Whitening",
            arguments={"epsilon": 1e-5},
            reduces=True,
            divides_each=True,
        ),
    ),
)
