"""What the lesson on preprocessing starts from, and its corrections to claims that lecture notes repeat."""

from playground.catalog.preprocessing import PREPROCESSING
from playground.registry import Row, Table

CHANGES = tuple(name for name in PREPROCESSING if name != "none")
START = "whiten"
BY_SAMPLE = "normalizer"  # no statistics of the data, so it cannot leak
REDUCING = tuple(name for name, row in PREPROCESSING.items() if row.reduces)

IMAGES = "digits"
PIXELS = (43, 22)  # from 1; two whose ink varies much
TREATMENTS = ("none", "center", "standardize")  # of single pixels
NUM_COMPONENTS = 10
ENOUGH = 0.95  # share of the variance

SELECTION = "selection"  # a step that is no preprocessing of a network, but leaks the same way
SELECTION_LABEL = "Select inputs"
LEAKS = (SELECTION, *(name for name in CHANGES if name != BY_SAMPLE))
NUM_SELECTED = 20
NOISE = "pure_noise"
LEAK_DATA = (NOISE, "digits", "breast_cancer", "wine")
LEAK_LABELS = {NOISE: "Pure noise"}


CORRECTIONS = Table(
    "preprocessing_corrections",
    "Correction",
    "Claims about preprocessing that lecture notes repeat, and what is true instead.",
    (
        Row(
            name="eigenvalue",
            label="Whitening divides the eigenbasis by the eigenvalues",
            formula=r"x_{\text{rot}} / \sqrt{\lambda + \epsilon}",
            about="By their square roots: an eigenvalue is a variance, and its root is the standard deviation that "
            "becomes 1.",
            source="CS231n notes, Neural networks part 2",
        ),
        Row(
            name="per_batch",
            label="The mean is taken over each batch",
            formula="",
            about="Over the whole training split, once, and the same numbers serve validation and test. Statistics of "
            "a batch are batch normalization, inside the network.",
            source="CS231n lecture 6; CS231n notes, Neural networks part 2",
        ),
        Row(
            name="images",
            label="Images are standardized like other data",
            formula="",
            about="For images it is usual to subtract the mean alone: the mean image (AlexNet) or one mean for each "
            "channel (VGGNet). PCA and whitening are not used with convolutional networks.",
            source="CS231n lecture 6; Krizhevsky et al., 2012; Simonyan and Zisserman, 2014, arXiv:1409.1556",
        ),
        Row(
            name="first_layer",
            label="Zero-centred inputs keep gradients free of one sign in all layers",
            formula="",
            about="They do so for the first layer only: what later layers get has passed an activation.",
            source="CS231n lecture 6",
        ),
    ),
)
