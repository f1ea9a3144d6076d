"""What the lessons on regularization and augmentation start from."""

# Three curved features would do; the rest is there for a penalty to take away.
PENALTY_START = {
    "dataset": "circle",
    "features": ("x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"),
    "num_samples": 200,
    "hidden_sizes": (8,),
    "activation": "tanh",
    "initializer": "xavier_normal",
    "optimizer": "sgd",
    "learning_rate": 0.1,
    "batch_size": 10,
    "num_epochs": 40,
    "noise": 0.5,
    "label_noise": 0.15,
}
PENALTY_CONTROLS = ("learning_rate", "num_epochs", "num_samples", "noise", "label_noise", "seed")
STRENGTHS = (0.0, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3)

RIDGE_START = {
    "dataset": "diabetes",
    "preprocessing": "standardize",
    "hidden_sizes": (),
    "loss": "mse",
    "optimizer": "sgd",
    "learning_rate": 0.1,
    "num_epochs": 1000,
}
RIDGE_STRENGTHS = (0.0, 0.1, 1.0, 10.0, 100.0, 1000.0)

OVERFITTING = {
    "dataset": "digits",
    "hidden_sizes": (256, 256),
    "activation": "relu",
    "initializer": "kaiming_normal",
    "optimizer": "adam",
    "learning_rate": 0.001,
    "batch_size": 64,
    "num_epochs": 40,
}
FEW = 0.2226  # share of the digits that makes 400 to train on
DROPOUT_START = {**OVERFITTING, "num_samples": 800, "train_fraction": 0.25, "num_epochs": 20, "dropout": 0.5}
NOISY_START = {**OVERFITTING, "train_fraction": FEW, "label_noise": 0.3}
STOPPING_START = {**NOISY_START, "learning_rate": 0.003}

DRAWN_SIZES = (8, 8)  # of the network whose masks are drawn
CURVE_START = {
    "dataset": "digits",
    "hidden_sizes": (64, 64, 64, 64),
    "residual": True,
    "zero_init_residual": True,
    "activation": "relu",
    "initializer": "kaiming_normal",
    "learning_rate": 0.001,
    "train_fraction": FEW,
    "label_noise": 0.3,
    "num_epochs": 40,
}
# What each technique of the curves changes.
CURVES = {
    "none": {},
    "dropconnect": {"dropconnect": 0.5},
    "stochastic_depth": {"stochastic_depth": 0.5},
    "mixup_alpha": {"mixup_alpha": 1.0},
    "augmentation": {"augmentation": ("cutout",)},
    "label_smoothing": {"label_smoothing": 0.1},
}
CURVE_LABELS = {
    "none": "None",
    "dropconnect": "DropConnect 0.5",
    "stochastic_depth": "Stochastic depth 0.5",
    "mixup_alpha": "Mixup 1",
    "augmentation": "Cutout",
    "label_smoothing": "Label smoothing 0.1",
}

# A network that reads the changed digits of the gallery, trained on digits as they are.
READER = {
    "dataset": "digits",
    "hidden_sizes": (64,),
    "activation": "relu",
    "learning_rate": 0.003,
    "num_epochs": 15,
    "train_fraction": 0.5,
}
SHIFTED_START = {
    **READER,
    "train_fraction": 0.167,  # 300 images
    "num_epochs": 80,
    "hidden_sizes": (64, 32),
}
BATCH_START = {
    "dataset": "digits",
    "preprocessing": "none",
    "batch_size": 12,
    "mixup_alpha": 1.0,
    "label_smoothing": 0.1,
    "augmentation": ("cutout",),
}
