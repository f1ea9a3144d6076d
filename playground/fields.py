"""Every setting of a run: its default, bounds, unit, label and help."""

from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from playground import catalog
from playground.catalog.activations import USUAL_SLOPE
from playground.catalog.losses import CLASSIFICATION
from playground.catalog.schedules import DRAWN
from playground.parsing import parse_value
from playground.spec import DATA, NETWORK, REGULARIZATION, TRAINING, Spec, spec_of
from playground.spec import spec_field as field

LONGEST_RUN = 10_000  # epochs
MOST_FOLDS = 10
LARGEST_SEED = 2**31 - 1
FEWEST_SAMPLES = 20  # with which every choice can be trained


class Fields(BaseModel):
    """The fields of a Config, each checked by itself; see there."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    # fmt: off
    dataset: str = field("spiral", group=DATA, table=catalog.DATASETS, label="Data set",
        help="What the network learns: made points in the plane, or real measurements.")
    num_samples: int = field(1000, group=DATA, low=FEWEST_SAMPLES, high=20_000, step=50, unit="samples",
        label="Samples",
        help="How many samples there are before the split; 200 to 2000 show most effects.")
    noise: float = field(0.1, group=DATA, low=0, high=3, step=0.1, unit="plane units", label="Noise",
        help="Standard deviation of the jitter on each coordinate (three-arm spiral: on the angle); 0 to 1 is usual.")
    label_noise: float = field(0.0, group=DATA, low=0, high=0.9, step=0.1, unit="share", label="Label noise",
        help="Share of the training labels replaced by a wrong class; 0.3 makes overfitting plain to see.")
    imbalance: float = field(1.0, group=DATA, low=1, high=200, step=1, unit="times rarer", label="Class imbalance",
        help="How many times rarer the last class becomes than the first by dropping samples; 10 is usual, 1 is off.")
    train_fraction: float = field(0.5, group=DATA, low=0.1, high=0.9, step=0.05, unit="share", label="Training share",
        help="Share of the samples to train on; the rest is halved into validation and test.")
    num_folds: int = field(0, group=DATA, low=0, high=MOST_FOLDS, unit="folds", label="Folds",
        help="Cuts training and validation samples into equal parts, one of which validates; 5 is usual, 0 is off.")
    fold: int = field(0, group=DATA, low=0, high=MOST_FOLDS - 1, label="Validating fold",
        help="Which fold validates, counted from 0, while the others train; a search trains once for each.")
    features: tuple[str, ...] = field(("x1", "x2"), group=DATA, table=catalog.FEATURES, is_sequence=True, max_length=7,
        label="Inputs", help="What the network sees of each point in the plane.")
    preprocessing: str = field("none", group=DATA, table=catalog.PREPROCESSING, label="Preprocessing",
        help="What is done to the inputs first, with statistics of the training split only.")
    num_components: int = field(0, group=DATA, low=0, high=64, unit="directions", label="Components",
        help="Directions that PCA or whitening keeps; 0 keeps all.")
    augmentation: tuple[str, ...] = field((), group=DATA, table=catalog.AUGMENTATIONS, is_sequence=True, max_length=9,
        label="Augmentation", help="Random changes to the training images, drawn anew for each batch.")
    augmentation_strength: float = field(1.0, group=DATA, low=0, high=2, step=0.25, label="Augmentation strength",
        help="Multiplies the range of every augmentation; 1 is usual, 0 changes nothing, 2 may change the class.")
    test_shift: int = field(0, group=DATA, low=0, high=3, unit="pixels", label="Shift of test images",
        help="Moves each test image at random by up to so many pixels; training never sees it, 1 is usual, 0 is off.")
    mixup_alpha: float = field(0.0, group=REGULARIZATION, low=0, high=10, step=0.1, label="Mixup alpha",
        help="Mixes pairs of samples with a Beta(alpha, alpha) weight; 0 is off, 0.2 to 1 is usual.")

    architecture: str = field("dense", group=NETWORK, table=catalog.ARCHITECTURES, label="Architecture",
        help="How the layers are wired; convolutions need image data.")
    hidden_sizes: tuple[int, ...] = field((16, 16), group=NETWORK, low=1, high=1000, is_sequence=True, max_length=51,
        unit="units", label="Hidden layers", help="Units of each hidden layer, first layer first, such as 8,8.")
    conv_channels: tuple[int, ...] = field((16, 32), group=NETWORK, low=1, high=128, is_sequence=True, max_length=3,
        unit="channels", label="Convolution channels", help="Channels of each 3 x 3 convolution, such as 16,32.")
    pooling: str = field("max", group=NETWORK, table=catalog.POOLINGS, label="Pooling",
        help="How each convolution's output is made smaller.")
    activation: str = field("elu", group=NETWORK, table=catalog.ACTIVATIONS, label="Activation",
        help="The function that each hidden unit applies to its weighted sum.")
    negative_slope: float = field(USUAL_SLOPE, group=NETWORK, low=0.001, high=1, step=0.01, label="Negative slope",
        help="Slope of leaky ReLU for negative sums; 0.01 is usual, notes also have 0.1, and 1 is a straight line.")
    initializer: str = field("kaiming_normal", group=NETWORK, table=catalog.INITIALIZERS, label="Initializer",
        help="How the weights are drawn before the first step.")
    init_scale: float = field(1.0, group=NETWORK, low=0, high=100, log_scale=True, label="Weight scale",
        help="Multiplies every initial weight; 1 leaves the initializer as it is.")
    normalization: str = field("none", group=NETWORK, table=catalog.NORMALIZATIONS, label="Normalization",
        help="What is normalized between each layer and its activation; with batch, an evaluation takes mean and "
        "variance over the training split with the weights of the moment, not running averages.")
    num_groups: int = field(2, group=NETWORK, low=1, high=64, unit="groups", label="Groups",
        help="Groups of units that share a mean in group or instance normalization; must divide every width.")
    norm_noise: float = field(0.0, group=NETWORK, low=0, high=5, step=0.1, label="Noise after batch normalization",
        help="Moves and spreads each unit at random in each training step, to undo what batch normalization steadies; "
             "0.5 is usual, 0 is off.")
    residual: bool = field(False, group=NETWORK, label="Residual connections",
        help="Turns each hidden layer as wide as the one before into a block x + W2 f(W1 x).")
    zero_init_residual: bool = field(False, group=NETWORK, label="Zero-init of residual branches",
        help="Starts the last layer of each residual branch at 0, so that every block starts as the identity.")

    loss: str = field("", group=TRAINING, table=catalog.LOSSES, label="Loss",
        help="What training makes small; unset, the usual one for the data set.")
    optimizer: str = field("adam", group=TRAINING, table=catalog.OPTIMIZERS, label="Optimizer",
        help="The rule that turns gradients into steps.")
    learning_rate: float = field(0.01, group=TRAINING, low=1e-8, high=1e7, log_scale=True, is_live=True,
        label="Learning rate", help="Length of a step; 0.001 to 0.1 is usual, and too much diverges.")
    momentum: float = field(0.9, group=TRAINING, low=0, high=0.999, step=0.05, is_live=True, label="Momentum",
        help="How much of the last step's direction is kept (Adam's beta1); 0.9 is usual.")
    beta2: float = field(0.999, group=TRAINING, low=0, high=0.99999, step=0.001, label="Beta2",
        help="How long squared gradients are remembered (RMSProp's alpha, Adadelta's rho); 0.9 to 0.999 is usual.")
    epsilon: float = field(1e-8, group=TRAINING, low=1e-12, high=1, log_scale=True, label="Epsilon",
        help="Keeps steps finite where gradients are near 0; 1e-10 to 1e-6 is usual, larger ones shorten steps.")
    batch_size: int = field(10, group=TRAINING, low=1, high=20_000, step=1, unit="samples", is_live=True,
        label="Batch size",
        help="Samples in one step; the incomplete last batch of an epoch is left out; 8 to 128 is usual.")
    num_epochs: int = field(300, group=TRAINING, low=1, high=LONGEST_RUN, step=10, unit="epochs", label="Epochs",
        help="Passes over the training data.")
    schedule: str = field("constant", group=TRAINING, table=catalog.SCHEDULES, label="Schedule",
        help="How the learning rate changes over the run.")
    warmup_fraction: float = field(0.0, group=TRAINING, low=0, high=0.9, step=0.05, unit="share", label="Warm-up",
        help="Share of the run in which the learning rate rises linearly from near 0; 0.05 to 0.1 is usual.")
    step_size: int = field(0, group=TRAINING, low=1, high=LONGEST_RUN, unit="epochs", label="Step size",
        help="Epochs between two drops, in one cycle, or without a new lowest validation loss; unset, about a third of "
             "the run.")
    milestones: tuple[int, ...] = field((), group=TRAINING, low=1, high=LONGEST_RUN, is_sequence=True,
        max_length=20, unit="epochs", label="Milestones",
        help="Epochs after which the rate drops, such as 30,60,80; none leaves the drops to the schedule.")
    gamma: float = field(0.1, group=TRAINING, low=1e-6, high=1, step=0.1, label="Gamma",
        help="What a drop multiplies the learning rate by, or the rate of 1/t; 0.1 to 0.5 is usual.")
    min_lr: float = field(0.0, group=TRAINING, low=0, high=1e7, step=0.001, label="Lowest learning rate",
        help="Where linear, cosine and plateau schedules end.")
    schedule_points: tuple[tuple[float, float], ...] = field(DRAWN, group=TRAINING, low=0, high=10, is_sequence=True,
        is_pairs=True, min_length=2, max_length=20, label="Points of the drawn schedule",
        help="Share of the run and factor on the learning rate, such as 0:1, 0.5:1, 1:0.01; straight lines between.")
    grad_clip: float = field(0.0, group=TRAINING, low=0, high=1e6, step=0.5, label="Gradient clipping",
        help="Longest gradient that is let through; longer ones are scaled down; 0 is off, 1 is usual.")
    ema_decay: float = field(0.0, group=TRAINING, low=0, high=0.99999, step=0.01, label="Parameter averaging",
        help="Evaluates a moving average of the weights that keeps this share each step; 0 is off, 0.99 is usual.")
    early_stopping: int = field(0, group=TRAINING, low=0, high=LONGEST_RUN, unit="epochs", label="Early stopping",
        help="Stops after this many epochs in a row without a new lowest validation loss; 0 is off, 5 to 20 is usual.")
    keep_best: bool = field(False, group=TRAINING, label="Keep the best epoch's weights",
        help="Ends with the weights of the epoch with the lowest validation loss instead of the last ones; unset, on "
             "with early stopping.")

    dropout: float = field(0.0, group=REGULARIZATION, low=0, high=0.95, step=0.1, unit="share", is_live=True,
        label="Dropout", help="Share of hidden units switched off in each training step; 0.2 to 0.5 is usual.")
    dropconnect: float = field(0.0, group=REGULARIZATION, low=0, high=0.95, step=0.1, unit="share", label="DropConnect",
        help="Share of hidden weights switched off in each training step; 0.2 to 0.5 is usual.")
    stochastic_depth: float = field(0.0, group=REGULARIZATION, low=0, high=0.95, step=0.1, label="Stochastic depth",
        help="Chance that a step skips the last residual block; earlier ones are skipped less; 0.5 is usual.")
    weight_decay: float = field(0.0, group=REGULARIZATION, low=0, high=100, log_scale=True, is_live=True,
        label="Weight decay (L2)",
        help="Pulls weights towards 0 in proportion to their size; biases are spared; 1e-5 to 1e-2 is usual.")
    l1: float = field(0.0, group=REGULARIZATION, low=0, high=100, log_scale=True, label="L1",
        help="Pulls weights towards 0 by the same amount each, so that many become exactly 0; 1e-5 to 1e-2 is usual.")
    label_smoothing: float = field(0.0, group=REGULARIZATION, low=0, high=0.9, step=0.05, unit="share",
        label="Label smoothing", help="Share of the target spread evenly over all classes; 0.1 is usual.")
    class_weights: bool = field(False, group=REGULARIZATION, label="Class weights",
        help="Multiplies the loss of each training sample by N / (C times the size of its class), so that classes "
             "weigh the same.")

    seed: int = field(0, group=TRAINING, low=0, high=LARGEST_SEED, label="Seed",
        help="Where data, split, weights, batch order and masks start from; "
             "equal seeds give equal runs on one machine.")
    num_seeds: int = field(1, group=TRAINING, low=1, high=64, unit="runs", label="Runs",
        help="Trains the same settings from this many seeds and shows mean and spread.")
    device: str = field("auto", group=TRAINING, choices=("auto", "cpu", "cuda"), label="Device",
        help="Where the arithmetic runs; auto takes a GPU where there is one, "
             "cuda needs one and trains trials of a search by the hundred.")
    # fmt: on

    @field_validator("*", mode="before")
    @classmethod
    def _check_field(cls, value: Any, info: Any) -> Any:
        return parse_value(info.field_name, SPECS[info.field_name], cls.model_fields[info.field_name].default, value)

    @property
    def is_classification(self) -> bool:
        return catalog.DATASETS[self.dataset].task == CLASSIFICATION


SPECS: dict[str, Spec] = {name: spec_of(info) for name, info in Fields.model_fields.items()}
