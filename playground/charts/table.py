"""The rows of a chart that moves, as the browser takes them: an Arrow table.

A data frame on the way cost the live frames of the Train page a fifth to two fifths of their time.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

Rows = pd.DataFrame | pa.Table  # of a chart that stands still, or of one that moves


def table(columns: Mapping[str, np.ndarray | pa.Array | pa.ChunkedArray | Sequence[str]]) -> pa.Table:
    """Columns of one length; NaN is a missing value."""
    return pa.table({name: _column(values) for name, values in columns.items()})


def named(codes: np.ndarray, names: Sequence[str]) -> pa.Array:
    """A column of names[code], each name sent once; a negative code has none."""
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(names, type=pa.large_string()))


def _column(values: np.ndarray | pa.Array | pa.ChunkedArray | Sequence[str]) -> pa.Array | pa.ChunkedArray:
    if isinstance(values, np.ndarray):
        return pa.array(values, from_pandas=True)  # which makes NaN a missing value
    return values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values, type=pa.string())
