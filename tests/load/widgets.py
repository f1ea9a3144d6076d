"""What a browser keeps of the widgets on its page and sends along with every request."""

from collections.abc import Callable
from typing import Any

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from tests.aids.hands import COMPONENT, Hands


def _selected(box: Any) -> dict[str, Any]:
    return {"string_value": box.raw_value if box.set_value else box.options[box.default]}


def _number(field: Any) -> dict[str, Any]:
    value = field.value if field.set_value else field.default
    return {"int_value": int(value)} if field.data_type == field.INT else {"double_value": value}


def _strings(values: list[str]) -> dict[str, Any]:
    return {"string_array_value": {"data": values}}


# Kind of element -> what it holds when it comes from the server.
VALUES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "selectbox": _selected,
    "number_input": _number,
    "checkbox": lambda box: {"bool_value": box.value if box.set_value else box.default},
    "text_input": lambda field: {"string_value": field.value if field.set_value else field.default},
    "multiselect": lambda box: _strings(
        list(box.raw_values) if box.set_value else [box.options[index] for index in box.default]
    ),
    "button_group": lambda group: _strings(
        list(group.raw_values) if group.set_value else [group.options[index].content for index in group.default]
    ),
}
BUTTON = "button"  # holds nothing; a press is told once


class Widgets:
    """The widgets of one page, by the key that the page gave them."""

    def __init__(self) -> None:
        self._states: dict[str, WidgetState] = {}
        self._fragments: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._seen: set[str] = set()
        self._hands: dict[str, Hands] = {}

    def start_run(self) -> None:
        self._seen = set()

    def see(self, element: Element, fragment: str) -> None:
        """Take over an element that the server sent; what a person chose stays unless the server sets it anew."""
        kind = element.WhichOneof("type")
        is_fields = element.bidi_component.component_name == COMPONENT
        if kind not in VALUES and kind != BUTTON and not is_fields:
            return
        widget = getattr(element, kind)
        self._seen.add(widget.id)
        self._fragments[widget.id] = fragment
        self._ids[widget.id.split("-", 2)[-1]] = widget.id
        if is_fields:
            self._hands.setdefault(widget.id, Hands()).hear(widget.json)
        if kind in VALUES and (widget.id not in self._states or widget.set_value):
            self._states[widget.id] = WidgetState(id=widget.id, **VALUES[kind](widget))

    def finish_run(self, fragment: str) -> None:
        """Forget what the run that ends no longer drew; "" is the whole page."""
        for widget_id, home in list(self._fragments.items()):
            if widget_id not in self._seen and fragment in ("", home):
                self._states.pop(widget_id, None)
                del self._fragments[widget_id]

    def fragment_of(self, key: str) -> str:
        """Id of the fragment that a widget belongs to; "" for the page itself."""
        return self._fragments[self._ids[key]]

    def choose(self, key: str, **value: Any) -> None:
        self._states[self._ids[key]] = WidgetState(id=self._ids[key], **value)

    def do(self, field: str, value: Any) -> str:
        """Put a value into a field of our own; returns the id of the fragment that it belongs to."""
        widget_id, hands = next((one, hands) for one, hands in self._hands.items() if field in hands.fields)
        hands.add(field, value)
        self._states[widget_id] = hands.state(widget_id)
        return self._fragments[widget_id]

    def states(self, pressed: str = "") -> WidgetStates:
        """All of them, and the press of the button with this key."""
        states = list(self._states.values())
        if pressed:
            states.append(WidgetState(id=self._ids[pressed], trigger_value=True))
        return WidgetStates(widgets=states)
