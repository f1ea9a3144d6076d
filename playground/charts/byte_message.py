"""A message to a canvas in the browser: a JSON header and the bytes of arrays, with nothing encoded as text."""

import json
from collections.abc import Mapping

import numpy as np

ALIGNMENT = 4  # bytes: a Float32Array must start at a multiple of 4


def byte_message(header: Mapping[str, object], arrays: Mapping[str, np.ndarray]) -> bytes:
    """Length of the header (uint32, little endian), the header as JSON, then the arrays, each aligned.

    The header gains `arrays`: name -> [first byte after the header, number of values, NumPy type name].
    """
    places, blobs, offset = {}, [], 0
    for name, array in arrays.items():
        blob = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes()
        places[name] = [offset, int(array.size), array.dtype.name]
        blobs.append(blob.ljust(_aligned(len(blob)), b"\0"))
        offset += len(blobs[-1])
    text = json.dumps({**header, "arrays": places}, allow_nan=False).encode()
    text = text.ljust(_aligned(len(text)))
    return len(text).to_bytes(ALIGNMENT, "little") + text + b"".join(blobs)


def parse_byte_message(message: bytes) -> tuple[dict[str, object], dict[str, np.ndarray]]:
    """Header and arrays of a message, as the canvas reads them."""
    start = ALIGNMENT + int.from_bytes(message[:ALIGNMENT], "little")
    header = json.loads(message[ALIGNMENT:start])
    places = header.pop("arrays")
    arrays = {
        name: np.frombuffer(message, dtype=np.dtype(dtype).newbyteorder("<"), count=count, offset=start + offset)
        for name, (offset, count, dtype) in places.items()
    }
    return header, arrays


def _aligned(length: int) -> int:
    return -(-length // ALIGNMENT) * ALIGNMENT
