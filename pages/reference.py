"""Every choice of every table: its label, formula, meaning and source."""

import streamlit as st

from playground.catalog import TABLES
from playground.registry import Row, Table
from playground.ui.place.checks import one_of, text
from playground.ui.place.place import keep
from playground.ui.words import plain

ALL = "all"
CARD_WIDTH = 390  # pixels; three beside each other on a laptop, one on a phone


def says(row: Row, words: list[str]) -> bool:
    """Whether every word stands somewhere in the row."""
    text = f"{row.name} {row.label} {row.about} {row.source}".casefold()
    return all(word in text for word in words)


def show_row(row: Row) -> None:
    with st.container(border=True, width=CARD_WIDTH, height="stretch"):
        st.markdown(f"**{row.label}** `{row.name}`")
        if row.formula:
            st.markdown(f"${row.formula}$")  # inline, because a display formula does not wrap on a phone
        st.markdown(row.about)
        st.caption(row.source)


def show_table(table: Table, rows: list[Row]) -> None:
    st.header(table.title, anchor=table.name)
    st.markdown(table.about)
    with st.container(horizontal=True):
        for row in rows:
            show_row(row)


st.title("Reference", anchor=False)
st.write("Every choice that the playground offers. Look one up by its name, or by a word of what it does.")

search_column, table_column = st.columns([3, 2])
with search_column:
    key = keep("reference_search", "", text, label="Search")
    search = st.text_input("Search", placeholder="saturates, momentum, arXiv ...", icon=":material/search:", key=key)
with table_column:
    titles = {ALL: "All"} | {table.name: table.title for table in TABLES.values()}
    key = keep("reference_table", ALL, one_of(titles), label="Table")
    chosen = st.selectbox("Table", titles, format_func=titles.get, key=key)

words = search.casefold().split()
tables = TABLES.values() if chosen == ALL else [TABLES[chosen]]
found = {table.name: [row for row in table.values() if says(row, words)] for table in tables}

if not any(found.values()):
    st.info(plain(f"Nothing says “{search}”. Try a shorter word, or another table."), icon=":material/search_off:")
for table in tables:
    if found[table.name]:
        show_table(table, found[table.name])
