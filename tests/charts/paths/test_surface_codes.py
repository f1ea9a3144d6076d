"""A surface as codes, and back again."""

import numpy as np
import pytest

from playground.catalog import SURFACES
from playground.charts.contours import FULL
from playground.charts.paths.surface_codes import surface_part


def value_of(surface, code, lowest):
    """As playground/ui/paths/map.js reads a code."""
    share = code / surface["full"]
    if surface["kind"] == "logarithmic":
        return lowest + surface["low"] * (surface["high"] / surface["low"]) ** share
    z = surface["low"] + share * (surface["high"] - surface["low"])
    return surface["unit"] * np.sinh(z) if surface["kind"] == "symmetric" else z


@pytest.mark.parametrize("row", SURFACES.values(), ids=lambda row: row.name)
def test_codes_read_back_as_values(row):
    low = 0.5 if row.lowest is not None else -3
    grid = np.linspace(low, 4, 64).reshape(8, 8)
    surface, arrays = surface_part(grid, row.spacing, row.lowest)
    read = value_of(surface, arrays["values"].astype(float), row.lowest or 0.0)
    np.testing.assert_allclose(read, grid.ravel(), rtol=1e-3, atol=1e-3)
    assert len(surface["labels"]) == len(arrays["levels"]) >= 3
    assert (np.diff(arrays["levels"]) > 0).all() and arrays["levels"].max() <= FULL
