"""What a watched class comes to, in numbers."""

import statistics
from collections.abc import Sequence

from tests.load.classroom import Watched

MILLISECONDS, BYTES_PER_KILOBYTE = 1000.0, 1000


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value below which this share lies; None without values."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else None


def report(watched: Watched) -> dict[str, object]:
    """The figures of one class; times are in ms, and None where nothing came.

    Returns:
        frames_per_second of the slowest and the median session; latency of live frames; redraw: latency of whole
        pages, pressing and changing included; first_step: from the press to a page that tells a step; steps: share of
        the mean number that the slowest and the fastest job made; server_cpu and client_cpu in cores; errors.
    """
    seconds = watched.ended - watched.began
    frames = [[latency for moment, latency in tab.frames if moment >= watched.began] for tab in watched.tabs]
    latencies = [latency for each in frames for latency in each]
    rates = [len(each) / seconds for each in frames]
    return {
        "sessions": len(watched.tabs),
        "seconds": seconds,
        "frames": len(latencies),
        "frames_per_second": {"min": min(rates), "median": statistics.median(rates)},
        "latency": _times(latencies),
        "redraw": _times([latency for tab in watched.tabs for _, latency in tab.answers]),
        "first_step": _times([tab.steps[0][0] - tab.pressed for tab in watched.tabs if tab.steps]),
        "steps": _shares([steps_made(tab.steps, watched.began) for tab in watched.tabs]),
        "server_cpu": {
            "cores": watched.server_cpu / seconds,
            "per_frame": MILLISECONDS * watched.server_cpu / len(latencies) if latencies else None,
        },
        "client_cpu": watched.client_cpu / seconds,
        "kilobytes_per_frame": watched.num_bytes / BYTES_PER_KILOBYTE / len(latencies) if latencies else None,
        "errors": [error for tab in watched.tabs for error in tab.errors],
    }


def _times(seconds: Sequence[float]) -> dict[str, float | None]:
    times = [MILLISECONDS * each for each in seconds]
    return {"median": quantile(times, 0.5), "p95": quantile(times, 0.95), "max": max(times, default=None)}


def _shares(counts: Sequence[int]) -> dict[str, float | None]:
    mean = statistics.fmean(counts)
    if not mean:
        return {"mean": 0.0, "min_share": None, "max_share": None}
    return {"mean": mean, "min_share": min(counts) / mean, "max_share": max(counts) / mean}


def steps_made(steps: Sequence[tuple[float, int]], began: float) -> int:
    """Steps between the first and the last look since then."""
    seen = [step for moment, step in steps if moment >= began]
    return max(seen) - min(seen) if seen else 0
