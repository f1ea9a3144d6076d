"""What the lesson on initialization starts from, and the lecture's five ways to initialize a deep network."""

from playground.registry import Row, Table

LECTURE = "CS231n lecture 6, Training neural networks I"

# Fields of a SignalJob. ReLU behind weights made for tanh: the signal halves in every layer, and one choice cures it.
DEPTH_START = {
    "activation": "relu",
    "initializer": "xavier_lecture",
    "init_scale": 1.0,
    "normalization": "none",
    "depth": 10,
    "width": 200,
    "samples": 200,
    "input": "normal",
    "dataset": "digits",
}
SYMMETRY_START = {
    "dataset": "digits",
    "activation": "relu",
    "hidden_sizes": (50,),
    "optimizer": "sgd",
    "learning_rate": 0.1,
    "batch_size": 64,
    "num_epochs": 5,
}
SYMMETRY_BREAKER = "kaiming_normal"
RESIDUAL_START = {"activation": "relu", "initializer": "kaiming_normal", "init_scale": 1.0, "blocks": 10, "width": 100}

SIGNAL_CASES = Table(
    "signal_cases",
    "Case",
    "The lecture's five stacks of ten layers of 500 units, on standard normal inputs.",
    (
        Row(
            name="tanh_small",
            label="Tanh, 0.01",
            formula=r"W \sim N(0, 0.01^2)",
            about="Small random weights: activations collapse to 0.",
            source=LECTURE,
            defaults={"activation": "tanh", "initializer": "small_normal"},
        ),
        Row(
            name="tanh_large",
            label="Tanh, 1.0",
            formula=r"W \sim N(0, 1)",
            about="Large random weights: almost all units saturate at -1 or 1.",
            source=LECTURE,
            defaults={"activation": "tanh", "initializer": "large_normal"},
        ),
        Row(
            name="tanh_xavier",
            label="Tanh, Xavier",
            formula=r"W \sim N(0, 1/\text{fan}_{in})",
            about="The lecture's Xavier: activations keep a reasonable spread.",
            source=LECTURE,
            defaults={"activation": "tanh", "initializer": "xavier_lecture"},
        ),
        Row(
            name="relu_xavier",
            label="ReLU, Xavier",
            formula=r"W \sim N(0, 1/\text{fan}_{in})",
            about="The same for ReLU: half of the variance is lost in every layer.",
            source=LECTURE,
            defaults={"activation": "relu", "initializer": "xavier_lecture"},
        ),
        Row(
            name="relu_he",
            label="ReLU, He",
            formula=r"W \sim N(0, 2/\text{fan}_{in})",
            about="Twice the variance makes up for the half that ReLU cuts off.",
            source="He et al., Delving deep into rectifiers, 2015, arXiv:1502.01852",
            defaults={"activation": "relu", "initializer": "kaiming_normal"},
        ),
    ),
)
