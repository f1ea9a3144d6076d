"""The tables that charts send: what Arrow itself makes of a frame."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from playground.ui.chart import _table

NUMBERS = [1.5, np.nan, -np.inf]
COLUMNS = {
    "floats": np.array(NUMBERS, dtype=np.float32),
    "doubles": NUMBERS,
    "small": np.array([1, 2, 3], dtype=np.int8),
    "flags": [True, False, True],
    "names": ["a", "b", None],
    "series": pd.Categorical(["train", None, "best"], categories=["best", "train", "edge"]),
    "bare": pd.Categorical.from_codes([0, 0, -1], categories=["one"]),
    "mixed": pd.Series([1, "a", None], dtype=object).astype(str),
    "moments": pd.to_datetime(["2024-01-01", None, "2024-01-03"]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_what_arrow_makes_of_it(name):
    frame = pd.DataFrame({name: COLUMNS[name]})
    expected = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    assert _table(frame).equals(expected)


def test_an_empty_frame_keeps_its_columns():
    frame = pd.DataFrame(COLUMNS).head(0)
    assert _table(frame).column_names == list(COLUMNS) and _table(frame).num_rows == 0


def test_names_of_categories_that_are_no_text_stay_what_they_are():
    frame = pd.DataFrame({"layer": pd.Categorical([3, 1, 3])})
    expected = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    assert _table(frame).equals(expected)


def test_texts_that_pandas_keeps_in_pieces_stay_what_they_are():
    frame = pd.concat([pd.DataFrame({"text": ["a", None]}), pd.DataFrame({"text": ["b"]})])
    assert isinstance(pa.Array.from_pandas(frame["text"]), pa.ChunkedArray)
    assert _table(frame).to_pydict() == {"text": ["a", None, "b"]}
