"""Row and Table."""

import pytest

from playground.catalog import TABLES
from playground.registry import Row, Table, UnknownName, did_you_mean, resolve

ROWS = [pytest.param(row, id=f"{table.name}-{row.name}") for table in TABLES.values() for row in table.values()]
FIRST = Row(name="first", label="First", formula="1", about="The first.", source="-", aliases=("one",))
SECOND = Row(name="second", label="Second", formula="2", about="The second.", source="-")


def table(*rows: Row) -> Table[Row]:
    return Table("things", "Thing", "About things.", rows)


def test_a_table_lists_its_rows_in_order_and_each_once():
    things = table(SECOND, FIRST)
    assert list(things) == ["second", "first"]
    assert len(things) == 2


def test_a_row_is_found_by_name_and_by_alias():
    things = table(FIRST, SECOND)
    assert things["one"] is things["first"] is FIRST
    assert "one" in things


def test_two_rows_cannot_share_a_name():
    with pytest.raises(ValueError, match="two rows carry the same name"):
        table(FIRST, Row(name="one", label="One", formula="1", about="Another.", source="-"))


def test_an_unknown_name_names_the_nearest_and_all_known():
    with pytest.raises(UnknownName) as caught:
        table(FIRST, SECOND)["frist"]
    assert str(caught.value) == "unknown thing 'frist'. Did you mean 'first'? Known: first, second."


def test_nothing_is_guessed_for_a_name_like_no_other():
    assert did_you_mean("xyzzy", {"first": 1, "second": 2}) == "Known: first, second."


def test_a_dotted_path_gives_what_it_names():
    assert resolve("playground.registry.Row") is Row


@pytest.mark.parametrize("row", ROWS)
def test_every_row_says_what_it_is(row):
    assert row.name == row.name.lower() and row.name.isidentifier()
    assert row.label and row.formula and row.source
    assert "$" not in row.formula
    assert row.about.endswith(".")


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0].target])
def test_every_target_exists(row):
    assert callable(resolve(row.target))
