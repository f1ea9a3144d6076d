"""The router: which pages there are, in their order. `streamlit run` executes this file for every visitor."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import StopException

from playground.ui.address import open_address, refused, write_address
from playground.ui.fields.hands import take_hands
from playground.ui.visit import access
from playground.ui.visit.notices import show_notices

SCRIPT = Path(__file__).resolve()
FOLDER = SCRIPT.parents[2] / "pages"  # by absolute path: beside the main script, Streamlit would take it over

# Drawn here: for a Material icon the browser would ask a font server, and a class may be offline.
TAB_ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g stroke="#7f8894" stroke-width="2">
<path d="M7 9 16 16M7 23 16 16M16 16 26 16M7 9 16 5 26 16M7 23 16 27 26 16"/></g><g fill="#2a7fc1">
<circle cx="7" cy="9" r="4"/><circle cx="7" cy="23" r="4"/></g><circle cx="26" cy="16" r="5" fill="#d0611a"/></svg>"""


class Entry(NamedTuple):
    """One page.

    Args:
        section: drop-down menu that holds it; "" for none: such pages stand in front.
        title: in the menu and in the browser's tab.
        icon: name of a Material symbol.
        file: in `pages/`.
        help: what the page is for, said when the pointer rests on its title.
        name: last part of its address; "" for the file's.
    """

    section: str
    title: str
    icon: str
    file: str
    help: str
    name: str = ""

    @property
    def path(self) -> str:
        return "/" + (self.name or self.file.removesuffix(".py"))


# The first is the one that / opens.
ENTRIES = (
    Entry("", "Train", "model_training", "train.py", "Choose a network, press Train and watch it learn."),
    Entry(
        "Understand",
        "Activations",
        "show_chart",
        "activations.py",
        "What each function does to a signal, to a gradient and to a unit.",
    ),
    Entry(
        "Understand",
        "Preprocessing",
        "filter_center_focus",
        "preprocessing.py",
        "What is done to the inputs first, and what that is good for.",
    ),
    Entry(
        "Understand",
        "Initialization",
        "line_start_diamond",
        "initialization.py",
        "How the first weights decide what reaches the last layer, and what comes back.",
    ),
    Entry(
        "Understand",
        "Normalization",
        "align_vertical_center",
        "normalization.py",
        "Which numbers share a mean, and what that does to training.",
    ),
    Entry(
        "Understand",
        "Regularization",
        "compress",
        "regularization.py",
        "What keeps a network from learning its training set by heart.",
    ),
    Entry(
        "Understand",
        "Augmentation",
        "photo_library",
        "augmentation.py",
        "What may change in an image and leave its class alone, and what that buys.",
    ),
    Entry(
        "Optimizers",
        "Optimizer paths",
        "route",
        "paths.py",
        "Where optimizers go on a surface, step by step.",
        name="optimizer_paths",
    ),
    Entry(
        "Optimizers",
        "Real loss",
        "landscape",
        "landscape.py",
        "Where optimizers go on the loss of an actual network.",
        name="real_loss",
    ),
    Entry(
        "Optimizers", "Schedules", "trending_down", "schedules.py", "How the learning rate changes, and what that does."
    ),
    Entry("Search", "Search", "grid_on", "search.py", "A grid of trials against random ones, live."),
    Entry(
        "Search",
        "Repeated search",
        "replay",
        "repeated_search.py",
        "How often random trials beat a grid, and by how much.",
    ),
    Entry("", "Reference", "menu_book", "reference.py", "Every choice: its formula, what it does, its source."),
)
DEFAULT_PATH = ENTRIES[0].path
PHONE_PAGES = 3  # that a phone lists above the form, where it puts the menu; the others are a touch away
SIDEBAR_WIDTH = 340  # pixels; two controls beside each other
# Streamlit leaves 96 pixels above a page and 80 beside it; what moves should be seen without scrolling. It shows
# what the Tab key has come to in the menu by a shade that is hardly seen. On a phone, menu and form hide behind two
# arrows, which say nothing to a newcomer.
STYLE = """<style>.stMainBlockContainer { padding: 4.25rem clamp(1rem, 3vw, 2.5rem) 2rem; }
[data-testid="stTopNavLink"]:focus-visible { outline: 2px solid; }
@media (max-width: 768px) {
  [data-testid="stExpandSidebarButton"] { width: auto; padding-inline: 0.25rem; }
  [data-testid="stExpandSidebarButton"]::after { content: "Menu"; padding-left: 0.25rem; }
}</style>"""


def main() -> None:
    # Ahead of the pages, whose icons count otherwise.
    st.set_page_config(page_icon=TAB_ICON, layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
    sections: dict[str, list[st.Page]] = {}
    for entry in ENTRIES:
        page = st.Page(
            FOLDER / entry.file,
            title=entry.title,
            icon=f":material/{entry.icon}:",
            help=entry.help,
            url_path=entry.path.removeprefix("/"),
            default=entry is ENTRIES[0],
        )
        sections.setdefault(entry.section, []).append(page)
    is_closed = access.is_closed()
    page = st.navigation(sections, position="hidden" if is_closed else "top", expanded=PHONE_PAGES)
    st.set_page_config(page_title=f"{page.title} · Neural network playground")
    st.html(STYLE)
    if is_closed:
        access.ask_for_code()
    take_hands()
    open_address(page.url_path)
    notices = st.container()  # always there, so that what is below it stays where it is
    try:
        page.run()
    except StopException:  # it says what cannot be, and ends
        finish(page, notices)
        raise
    finish(page, notices)


def finish(page: st.Page, notices: DeltaGenerator) -> None:
    """Write the address, and say in `notices` what the one that led here says in vain."""
    said = write_address(page.url_path)
    if page.title != ENTRIES[0].title:  # there, the form says it
        said = [*refused(page.url_path), *said]
    with notices:
        show_notices(said)


if __name__ == "__main__":
    main()
