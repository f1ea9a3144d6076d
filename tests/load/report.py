"""What a watched class comes to, in numbers."""

import statistics
from collections.abc import Sequence

from tests.load.classroom import Watched

MILLISECONDS = 1000.0


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value below which this share lies; None without values."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else None


def report(watched: Watched) -> dict[str, object]:
    """The figures of one class, times in ms.

    Returns:
        frames_per_second of the slowest and the median session; latency of live frames; redraw: latency of whole
        pages, pressing and changing included; first_step: from the press to a page that tells a step; steps: share of
        the mean number that the slowest and the fastest job made; server_cpu_per_frame; client_cpu as a share of one
        core; errors.
    """
    seconds = watched.ended - watched.began
    frames = [[latency for moment, latency in tab.frames if moment >= watched.began] for tab in watched.tabs]
    latencies = [latency for each in frames for latency in each]
    rates = [len(each) / seconds for each in frames]
    answers = [latency for tab in watched.tabs for _, latency in tab.answers]
    steps = [steps_made(tab.steps, watched.began) for tab in watched.tabs]
    mean = statistics.fmean(steps)
    return {
        "sessions": len(watched.tabs),
        "seconds": seconds,
        "frames": len(latencies),
        "frames_per_second": {"min": min(rates), "median": statistics.median(rates)},
        "latency": _in_milliseconds(latencies),
        "redraw": _in_milliseconds(answers),
        "first_step": _in_milliseconds([tab.steps[0][0] - tab.pressed for tab in watched.tabs if tab.steps]),
        "steps": {"mean": mean, "min_share": min(steps) / mean, "max_share": max(steps) / mean} if mean else None,
        "server_cpu_per_frame": MILLISECONDS * watched.server_cpu / len(latencies)
        if latencies and watched.server_cpu is not None
        else None,
        "client_cpu": watched.client_cpu / seconds,
        "kilobytes_per_frame": watched.num_bytes / 1000 / len(latencies) if latencies else None,
        "errors": [error for tab in watched.tabs for error in tab.errors],
    }


def _in_milliseconds(latencies: Sequence[float]) -> dict[str, float] | None:
    if not latencies:
        return None
    return {
        "median": MILLISECONDS * quantile(latencies, 0.5),
        "p95": MILLISECONDS * quantile(latencies, 0.95),
        "max": MILLISECONDS * max(latencies),
    }


def steps_made(steps: Sequence[tuple[float, int]], began: float) -> int:
    """Steps between the first and the last look since then."""
    seen = [step for moment, step in steps if moment >= began]
    return max(seen) - min(seen) if seen else 0
