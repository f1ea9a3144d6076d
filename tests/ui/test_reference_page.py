"""The reference page: every row is there, and both controls narrow what is shown."""

import pytest
from streamlit.testing.v1 import AppTest

from playground.catalog import TABLES
from playground.ui.router import FOLDER

ALL = "all"


@pytest.fixture(scope="module")
def opened() -> AppTest:
    return AppTest.from_file(str(FOLDER / "reference.py"), default_timeout=30).run()


def looked_up(opened: AppTest, *, table: str = ALL, text: str = "") -> AppTest:
    """The page with both controls set like this."""
    opened.selectbox[0].set_value(table)
    opened.text_input[0].set_value(text)
    return opened.run()


def shown(reference: AppTest) -> str:
    assert not reference.exception
    return "\n".join([element.value for element in (*reference.markdown, *reference.caption)])


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_row_is_shown_whole(opened, table):
    text = shown(looked_up(opened, table=table.name))
    for row in table.values():
        assert f"**{row.label}** `{row.name}`" in text
        assert {row.formula, row.about, row.source} <= set(text.replace("$", "").splitlines()) | {""}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_chooser_leaves_one_table_and_all_are_shown_without_it(opened, table):
    assert [header.value for header in looked_up(opened, table=table.name).header] == [table.title]
    assert table.title in [header.value for header in looked_up(opened).header]


@pytest.mark.parametrize("row", [row for table in TABLES.values() for row in table.values()], ids=lambda row: row.name)
def test_search_finds_a_row_by_its_label(opened, row):
    assert f"`{row.name}`" in shown(looked_up(opened, text=row.label.upper()))


def test_search_narrows_by_every_word(opened):
    found = shown(looked_up(opened, text="sigmoid saturates"))
    every_row = [row for table in TABLES.values() for row in table.values()]
    assert sum(f"`{row.name}`" in found for row in every_row) < len(every_row)


def test_search_without_a_hit_says_what_to_try(opened):
    page = looked_up(opened, text="zebra")
    assert not page.header
    assert "zebra" in page.info[0].value
