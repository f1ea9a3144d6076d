"""Tables of charts, as frames that are easier to ask."""

import functools
from collections.abc import Callable

import pandas as pd
import pyarrow as pa


def in_frame(data: Callable[..., pa.Table]) -> Callable[..., pd.DataFrame]:
    """The function, with its table as a data frame."""

    @functools.wraps(data)
    def frame(*given: object, **named: object) -> pd.DataFrame:
        return data(*given, **named).to_pandas()

    return frame
