import numpy as np
import pyarrow as pa

from playground.charts.table import named, table


def test_nan_is_a_missing_value():
    rows = table({"value": np.array([1.0, np.nan], dtype=np.float32), "row": np.arange(2, dtype=np.int8)})
    assert rows.to_pydict() == {"value": [1.0, None], "row": [0, 1]}
    assert rows["value"].type == pa.float32() and rows["row"].type == pa.int8()


def test_a_name_is_sent_once_and_a_negative_code_has_none():
    rows = table({"layer": named(np.array([1, 0, 1, -1], dtype=np.int8), ["hidden 1", "output"])})
    assert rows["layer"].to_pylist() == ["output", "hidden 1", "output", None]
    assert rows["layer"].combine_chunks().dictionary.to_pylist() == ["hidden 1", "output"]


def test_no_rows_and_no_names():
    rows = table({"layer": named(np.zeros(0, dtype=np.int8), []), "text": []})
    assert len(rows) == 0 and rows.column_names == ["layer", "text"]
