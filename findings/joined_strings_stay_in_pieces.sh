#!/usr/bin/env bash
# pandas 3.1.1 with pyarrow 26.0.1: pyarrow.Array.from_pandas of a column of strings that pandas.concat has joined.
#
# Expected: an array, as the name of the class says and as from every other column: concat copies what it joins into
# one block, and the joined column is equal in all respects to one that was made at once.
# Seen: a ChunkedArray, which is no pyarrow.Array, so that isinstance says no and a RecordBatch refuses the column
# with a TypeError. Strings are joined without a copy and keep one piece for every part, through arithmetic, sorting,
# copy() and astype too; a column that grew by a thousand appends has a thousand pieces. Only a selection of rows
# makes one of them. Nothing that pandas shows tells the two columns apart.
#
# Here playground/charts/table.py and playground/ui/chart.py take columns in pieces as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pandas==3.1.1 pyarrow==26.0.1 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import pandas as pd
import pyarrow as pa

joined = pd.concat([pd.Series(["train", "train"]), pd.Series(["validation"])], ignore_index=True)
whole = pd.Series(["train", "train", "validation"])
pd.testing.assert_series_equal(joined, whole)
numbers = pd.concat([pd.Series([1, 2]), pd.Series([3])], ignore_index=True)

columns = {
    "made at once": whole,
    "joined": joined,
    "joined, copied": joined.copy(deep=True),
    "joined, sorted": joined.sort_values(),
    "joined, written large": joined.str.upper(),
    "joined, some rows": joined.iloc[[0, 2]],
    "joined numbers": numbers,
}
is_array = {name: isinstance(pa.Array.from_pandas(column), pa.Array) for name, column in columns.items()}
for name, column in columns.items():
    print(f"{name}: {column.dtype}, pyarrow.{type(pa.Array.from_pandas(column)).__name__}")
assert [name for name, is_one in is_array.items() if is_one] == ["made at once", "joined, some rows", "joined numbers"]

grown = pd.Series(dtype="str")
for number in range(1000):
    grown = pd.concat([grown, pd.Series([str(number)])])
print("grown by a thousand appends:", pa.Array.from_pandas(grown).num_chunks, "pieces")
assert pa.Array.from_pandas(grown).num_chunks >= 1000

assert pa.RecordBatch.from_pandas(whole.to_frame("split")).num_rows == 3
try:
    pa.RecordBatch.from_pandas(joined.to_frame("split"))
except TypeError as error:
    print("RecordBatch:", error)
else:
    raise AssertionError("a RecordBatch takes the joined column")
PY
