"""The fields of a page as its tests use them: found by name, read, and changed as a browser does it, by hands."""

from collections.abc import Iterator
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from playground.spec import number_text
from tests.aids.hands import COMPONENT, Hands


class Field:
    """One field of a component of fields.

    Args:
        told: what the page told the browser of it.
        hands: of its component.
    """

    def __init__(self, at: AppTest, hands: Hands, told: dict[str, Any]):
        self._at, self._hands, self._told = at, hands, told
        self.key, self.kind, self.label = told["name"], told["kind"], told["label"]
        self.help, self.disabled = told.get("help", ""), told.get("is_disabled", False)
        self.min, self.max, self.step = told.get("low", 0), told.get("high", 0), told.get("step", 1)
        self.options = [name for name, _ in told.get("options", [])]

    @property
    def value(self) -> Any:
        """What it holds: a number where the page takes one."""
        shown = self._told["value"]
        if not self._told.get("is_number"):
            return shown
        return int(shown) if self._told.get("is_whole") else float(shown)

    def set_value(self, value: Any) -> "Field":
        """Do it in the browser; the next run of the page brings it to the server."""
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        self._hands.add(self.key, number_text(value) if is_number else value)
        return self

    def run(self) -> AppTest:
        return self._at.run()


def fields(at: AppTest) -> list[Field]:
    """All fields of the page."""
    return list(_fields(at))


def field(at: AppTest, key: str) -> Field:
    """The field with this name."""
    found = [one for one in _fields(at) if one.key == key]
    assert len(found) == 1, f"{key}: {len(found)} fields"
    return found[0]


def canvases(at: AppTest) -> list[Any]:
    """The other components of the page, which are drawings."""
    return [one for one in at.get("bidi_component") if one.proto.component_name != COMPONENT]


def _fields(at: AppTest) -> Iterator[Field]:
    browser = _browser_of(at)
    for element in at.get("bidi_component"):
        if element.proto.component_name == COMPONENT:
            hands = browser.setdefault(element.proto.id, Hands(page="of the test"))
            hands.hear(element.proto.json)
            for told in hands.fields.values():
                yield Field(at, hands, told)


def _browser_of(at: AppTest) -> dict[str, Hands]:
    """Hands of each component, by its id; from now on they are sent along with every run."""
    if not hasattr(at, "hands_of_components"):
        run, hands = at._run, {}

        def run_with_hands(widget_state: WidgetStates | None = None, timeout: float | None = None) -> AppTest:
            states = widget_state or WidgetStates()
            states.widgets.extend(held.state(widget_id) for widget_id, held in hands.items() if held.waiting)
            return run(states, timeout=timeout)

        at.hands_of_components, at._run = hands, run_with_hands
    return at.hands_of_components
