"""What the lesson on activations starts from, and its corrections to claims that lecture notes repeat."""

from dataclasses import replace

from playground.catalog.activations import ACTIVATIONS, USUAL_SLOPE, Activation
from playground.registry import Row, Table

CURVES_START = ("sigmoid", "tanh", "relu", "elu")
IDENTITY = ("sigmoid", "tanh")  # the first is the second, squeezed and shifted
REFERENCE = "relu"  # what costs are compared with
MIMICKED = ("relu", "prelu")  # what maxout becomes with fitting lines
NEARER = ("elu", "relu")  # the mean of the first is nearer to 0, yet not at 0
FAR = 5.0  # where notes take the slope of the first function of the identity for 0

DEPTH_START = ("sigmoid", "tanh", "relu", "selu")
FITTING = "fitting"
DEPTH_FIELDS = {"dataset": "digits", "preprocessing": "standardize"}
DEPTH_SAMPLES = 256
BOUNDED, UNBOUNDED, UNSCALED = "xavier_normal", "kaiming_normal", "lecun_normal"

CLOUD_START = "spiral"
CLOUD_FIELDS = {"hidden_sizes": (40,), "num_samples": 400, "batch_size": 10, "num_epochs": 20}
# The run behind the claim that high rates kill.
IMAGE_FIELDS = {
    "dataset": "digits",
    "train_fraction": 0.75,
    "preprocessing": "standardize",
    "hidden_sizes": (100, 100),
    "num_epochs": 5,
    "batch_size": 64,
}
DYING, SURVIVING = "relu", "leaky_relu"
DEAD_FIELDS = {"optimizer": "sgd", "momentum": 0.0, "initializer": "kaiming_normal", "weight_decay": 0.0}
POSITIVE_BIAS = 0.01


def fitting_initializer(activation: Activation) -> str:
    """Xavier for functions bounded on both sides, LeCun where the gain is 1, He with the row's own gain otherwise."""
    if activation.saturates_above is not None:
        return BOUNDED
    return UNSCALED if activation.gain == 1 else UNBOUNDED


def adjusted(activation: Activation, *, slope: float, pieces: int, negative_slope: float = USUAL_SLOPE) -> Activation:
    """The row with another learned or fixed slope on the negative side, or another number of linear pieces.

    A row that has none of them comes back as it is.
    """
    if activation.pieces > 1:
        label = activation.label.replace(f"{activation.pieces} pieces", f"{pieces} pieces")
        return replace(activation, label=label, pieces=pieces, arguments={"pieces": pieces})
    return activation.with_slope(slope if activation.learned else negative_slope)


def lesson_rows(
    names: tuple[str, ...], *, slope: float, pieces: int, negative_slope: float = USUAL_SLOPE
) -> list[Activation]:
    """Rows of these names, adjusted."""
    return [adjusted(ACTIVATIONS[n], slope=slope, pieces=pieces, negative_slope=negative_slope) for n in names]


CORRECTIONS = Table(
    "activation_corrections",
    "Correction",
    "Claims about activations that lecture notes repeat, and what is true instead.",
    (
        Row(
            name="exp_cost",
            label="exp() is expensive, think of P and NP",
            formula="",
            about="P and NP have nothing to do with it: an exponential takes a fixed number of operations, whatever "
            "its input. It costs more than a comparison, but a layer's multiplications cost more than either.",
            source="CS231n lecture 6 only says that exp() is a bit compute expensive",
        ),
        Row(
            name="sigmoid_slope",
            label="Sigmoid's slope is 0 from |z| = 5 on",
            formula=r"\sigma'(5) = \sigma(5)\,\sigma(-5)",
            about="It is small, never 0. Ten such layers in a row still multiply to almost nothing.",
            source="CS231n notes, Neural networks part 1",
        ),
        Row(
            name="elu_mean",
            label="ELU is zero-centred",
            formula="",
            about="Its mean is only nearer to zero than that of ReLU.",
            source="Clevert et al., Exponential linear units, 2015, arXiv:1511.07289: mean activations closer to zero",
        ),
        Row(
            name="positive_bias",
            label="Slightly positive biases such as 0.01 make leaky ReLU",
            formula="",
            about="These are two ideas. Leaky ReLU's 0.01 is a slope for negative z. A bias that starts at 0.01 is "
            "meant to let ReLU fire at first, and has little or no effect.",
            source="CS231n notes, Neural networks part 2: not clear if this provides a consistent improvement",
        ),
        Row(
            name="six_times",
            label="ReLU converges six times faster than tanh",
            formula="",
            about="Six is one convolutional network on CIFAR-10, and its caption says that the factor varies. A small "
            "network on digits measured about 2 at equal learning rates, and about 1 at the best rate for each.",
            source="Krizhevsky et al., ImageNet classification with deep convolutional neural networks, 2012, figure 1",
        ),
        Row(
            name="leaky_slope",
            label="Leaky ReLU is max(0.1 z, z)",
            formula="",
            about="Both 0.1 and 0.01 are printed, in the same lecture; 0.01 is the paper's and the library's value.",
            source="Maas et al., Rectifier nonlinearities improve neural network acoustic models, 2013; "
            "CS231n lecture 6 shows both",
        ),
    ),
)
