"""The router: which pages there are, in their order. `streamlit run` executes this file for every visitor."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st

SCRIPT = Path(__file__).resolve()
FOLDER = SCRIPT.parents[2] / "pages"  # by absolute path: beside the main script, Streamlit would take it over


class Entry(NamedTuple):
    """One page.

    Args:
        section: drop-down menu that holds it; "" for none: such pages stand in front.
        title: in the menu and in the browser's tab.
        icon: name of a Material symbol.
        file: in `pages/`; its stem is the page's path.
        help: what the page is for, said when the pointer rests on its title.
    """

    section: str
    title: str
    icon: str
    file: str
    help: str

    @property
    def path(self) -> str:
        return "/" + self.file.removesuffix(".py")


# The first is the one that / opens.
ENTRIES = (
    Entry("", "Train", "model_training", "train.py", "Choose a network, press Train and watch it learn."),
    Entry("", "Reference", "menu_book", "reference.py", "Every choice: its formula, what it does, its source."),
)
DEFAULT_PATH = ENTRIES[0].path


def main() -> None:
    sections: dict[str, list[st.Page]] = {}
    for entry in ENTRIES:
        page = st.Page(
            FOLDER / entry.file,
            title=entry.title,
            icon=f":material/{entry.icon}:",
            help=entry.help,
            default=entry is ENTRIES[0],
        )
        sections.setdefault(entry.section, []).append(page)
    page = st.navigation(sections, position="top")
    st.set_page_config(page_title=f"{page.title} · Neural network playground", layout="wide")
    page.run()


if __name__ == "__main__":
    main()
