"""The tables: every choice that the playground offers, free of torch."""

from playground.catalog.activations import ACTIVATIONS
from playground.catalog.architectures import ARCHITECTURES, POOLINGS
from playground.catalog.augmentations import AUGMENTATIONS
from playground.catalog.datasets import DATASETS, FEATURES
from playground.catalog.initializers import INITIALIZERS
from playground.catalog.losses import LOSSES
from playground.catalog.normalizations import NORMALIZATIONS
from playground.catalog.optimizers import OPTIMIZERS
from playground.catalog.preprocessing import PREPROCESSING
from playground.catalog.response_surfaces import RESPONSE_SURFACES
from playground.catalog.schedules import SCHEDULES
from playground.catalog.search_methods import SEARCH_METHODS
from playground.catalog.surfaces import SURFACES

TABLES = {
    table.name: table
    for table in (
        DATASETS,
        FEATURES,
        PREPROCESSING,
        AUGMENTATIONS,
        ARCHITECTURES,
        POOLINGS,
        ACTIVATIONS,
        INITIALIZERS,
        NORMALIZATIONS,
        LOSSES,
        OPTIMIZERS,
        SCHEDULES,
        SURFACES,
        SEARCH_METHODS,
        RESPONSE_SURFACES,
    )
}

__all__ = [
    "ACTIVATIONS",
    "ARCHITECTURES",
    "AUGMENTATIONS",
    "DATASETS",
    "FEATURES",
    "INITIALIZERS",
    "LOSSES",
    "NORMALIZATIONS",
    "OPTIMIZERS",
    "POOLINGS",
    "PREPROCESSING",
    "RESPONSE_SURFACES",
    "SCHEDULES",
    "SEARCH_METHODS",
    "SURFACES",
    "TABLES",
]
