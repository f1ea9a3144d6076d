import numpy as np
import pytest

from playground.charts.byte_message import byte_message, parse_byte_message


def test_message_is_read_back():
    arrays = {
        "bytes": np.array([1, 2, 3], dtype=np.uint8),
        "floats": np.array([0.5, -1.5], dtype=np.float32),
        "none": np.empty(0, dtype=np.uint16),
    }
    header, found = parse_byte_message(byte_message({"name": "µ"}, arrays))
    assert header == {"name": "µ"}
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_every_array_starts_where_a_browser_can_read_it():
    message = byte_message({}, {"odd": np.zeros(3, dtype=np.uint8), "floats": np.ones(1, dtype=np.float32)})
    start = 4 + int.from_bytes(message[:4], "little")
    assert start % 4 == 0
    assert message[start + 4 :] == np.float32(1).tobytes()


def test_header_without_a_json_form_is_refused():
    with pytest.raises(ValueError):
        byte_message({"limit": float("nan")}, {})
