"""can_stack: whether Configs can be trained together, and if not, why."""

from collections.abc import Sequence
from functools import cache

from playground.catalog import ARCHITECTURES, DATASETS, OPTIMIZERS, POOLINGS
from playground.config import Config
from playground.nn.build import build_network
from playground.parsing import shown
from playground.rules import unused_fields
from playground.train.stacked.modules import without_stacked_form

# Fields that all networks of a stack must have in common. Whatever is not here is each network's own.
SHARED = (
    "dataset",
    "num_samples",
    "imbalance",
    "train_fraction",
    "num_folds",
    "features",
    "preprocessing",
    "num_components",
    "architecture",
    "hidden_sizes",
    "conv_channels",
    "pooling",
    "activation",
    "negative_slope",
    "normalization",
    "num_groups",
    "norm_noise",
    "residual",
    "dropconnect",
    "loss",
    "optimizer",
    "beta2",
    "epsilon",
    "batch_size",
    "num_epochs",
    "device",
)


def can_stack(configs: Sequence[Config]) -> str:
    """Why these Configs cannot be trained as one stacked network, in a sentence that names the field; "" if they can.

    num_seeds is not read: each Config is one run.
    """
    if not configs:
        return "there is nothing to train."
    if reason := next(filter(None, map(why_alone, configs)), ""):
        return reason
    first, key = configs[0], shape_key(configs[0])
    for config in configs:
        for name, one, other in zip(SHARED, key, shape_key(config), strict=True):
            if one != other:
                values = f"{shown(getattr(first, name))} and {shown(getattr(config, name))}"
                return f"{name}: networks that are trained together share it, but {values} came."
    return ""


def shape_key(config: Config) -> tuple[object, ...]:
    """Equal for Configs that can share a stack; a field without effect counts for nothing."""
    unused = unused_fields(config)
    own = {"beta2", "epsilon"} if "momentum" in OPTIMIZERS[config.optimizer].uses else set()
    return tuple(None if name in unused or name in own else getattr(config, name) for name in SHARED)


def why_alone(config: Config) -> str:
    """Why a network cannot be stacked with others like it; "" if it can."""
    unused = unused_fields(config)
    if config.stochastic_depth and "stochastic_depth" not in unused:
        return (
            "stochastic_depth: a skipped block leaves the optimizer as it was, which a stack cannot do for one network."
        )
    if config.augmentation and "augmentation" not in unused:
        return "augmentation: images are changed anew for each network, which takes as long for a stack."
    if config.mixup_alpha:
        return "mixup_alpha: pairs are mixed anew for each network, which a stack cannot do."
    if POOLINGS[config.pooling].is_random and "pooling" not in unused:
        return f"pooling: {config.pooling} draws its regions anew for each network, which a stack cannot do."
    return _without_form(config.activation, config.normalization, ARCHITECTURES[config.architecture].needs_images)


@cache
def _without_form(activation: str, normalization: str, has_images: bool) -> str:
    """A sentence where a row of a table is built of a module that has no stacked form."""
    dataset = next(name for name, row in DATASETS.items() if row.image_shape)
    architecture = next(name for name, row in ARCHITECTURES.items() if row.needs_images == has_images)
    network = build_network(
        Config(
            dataset=dataset,
            architecture=architecture,
            activation=activation,
            normalization=normalization,
            hidden_sizes=(4,),
            conv_channels=(4,),
        ),
        DATASETS[dataset].num_inputs,
        1,
    )
    if (module := without_stacked_form(network)) is None:
        return ""
    is_activation = any(module is part for layer in network.layers[:-1] for part in layer.activation.modules())
    field, row = ("activation", activation) if is_activation else ("normalization", normalization)
    return f"{field}: {row} has parameters and no stacked form."
