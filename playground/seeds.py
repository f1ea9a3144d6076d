"""One seed, several independent streams: changing how one is used leaves the others as they were."""

import numpy as np

STREAMS = ("data", "split", "labels", "weights", "order", "masks", "pictures", "search")


def stream_seed(seed: int, stream: str) -> int:
    """Seed of one stream of a run, in [0, 2^32).

    Raises:
        ValueError: for a stream that is not in STREAMS.
    """
    return int(np.random.SeedSequence([seed, STREAMS.index(stream)]).generate_state(1)[0])


def numpy_generator(seed: int, stream: str) -> np.random.Generator:
    return np.random.default_rng(stream_seed(seed, stream))
