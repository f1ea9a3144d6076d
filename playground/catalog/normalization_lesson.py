"""What the lesson on normalization starts from."""

# Sizes of a tensor (N, C, side, side), and the cell that is looked at, counted from 1.
TENSOR_START = {
    "num_samples": 4,
    "num_channels": 6,
    "side": 3,
    "sample": 2,
    "channel": 3,
    "position": 5,
    "gain": 1.0,
    "shift": 0.0,
    "seed": 0,
}
TENSOR_KIND = "batch"
DIGITS = {"dataset": "digits", "preprocessing": "standardize", "activation": "relu"}
RUNNING_START = {
    **DIGITS,
    "normalization": "batch",
    "hidden_sizes": (64, 64),
    "optimizer": "sgd",
    "learning_rate": 0.1,
    "batch_size": 16,
    "num_epochs": 1,
}
# Runs of the part on running statistics: key -> (label, where it starts from).
RUNNING_CASES = {
    "usual": ("Two layers", RUNNING_START),
    "deep": (
        "Four layers, large first weights",
        {
            **{"dataset": "digits", "hidden_sizes": (64,) * 4, "activation": "relu", "initializer": "large_normal"},
            **{"normalization": "batch", "optimizer": "sgd", "learning_rate": 0.01, "batch_size": 10, "num_epochs": 1},
        },
    ),
    "raw": (
        "Raw wine",
        {
            **{"dataset": "wine", "normalization": "batch", "preprocessing": "none", "optimizer": "sgd"},
            **{"learning_rate": 0.01, "batch_size": 10, "num_epochs": 5},
        },
    ),
    "whole": (
        "Whole batches, 10 steps",
        {
            **{"dataset": "digits", "hidden_sizes": (64, 64), "activation": "relu", "normalization": "batch"},
            **{"optimizer": "sgd", "learning_rate": 0.3, "batch_size": 898, "num_epochs": 10},
        },
    ),
}
# Three sweeps: what is fixed, and which values are tried.
BATCH_START = {**DIGITS, "hidden_sizes": (64, 64, 64), "optimizer": "momentum", "learning_rate": 0.05, "num_epochs": 3}
BATCH_SIZES = (64, 32, 16, 8, 4, 2, 1)  # the quickest first
BATCH_KINDS = ("none", "batch", "layer", "group")
GROUPS = 8  # divides every width of the sweeps
RATE_START = {
    **DIGITS,
    "hidden_sizes": (64,) * 6,
    "initializer": "xavier_lecture",
    "optimizer": "sgd",
    "batch_size": 64,
    "num_epochs": 5,
}
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
SCALE_START = {
    **DIGITS,
    "hidden_sizes": (50,) * 7,
    "initializer": "large_normal",  # standard deviation 1, so that the weight scale is the standard deviation
    "optimizer": "adam",
    "learning_rate": 0.001,
    "batch_size": 64,
    "num_epochs": 10,
}
SCALES = (1e-4, 1e-3, 1e-2, 0.1, 1.0)
SWEPT_KINDS = ("none", "batch")
WORTH_A_LOOK = {"batch_size": 2, "learning_rate": 3.0, "init_scale": 0.01}  # swept field -> value
# Weights times a: how many samples, inputs and units, and which normalizations stand side by side.
FACTOR_START = {"factor": 10.0, "epsilon": 1e-5, "batch_size": 32, "seed": 0}
FACTOR_KINDS = ("none", "batch", "layer")
