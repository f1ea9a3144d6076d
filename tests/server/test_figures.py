"""What a running server tells whoever watches it."""

import urllib.request

from prometheus_client.openmetrics.parser import text_string_to_metric_families

from playground.metrics import CONTENT_TYPE
from tests.aids.visitor import visiting


def test_figures_count_open_pages_and_workers_and_name_nobody(server):
    with visiting(server) as visitor:
        session = visitor.open().session
        with urllib.request.urlopen(f"{server}/metrics", timeout=10) as answer:
            assert answer.headers["Content-Type"] == CONTENT_TYPE
            text = answer.read().decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    values = {name: family.samples[0].value for name, family in families.items()}
    assert values["playground_sessions"] >= 1 and values["playground_workers"] == 1
    assert 1e8 < values["playground_worker_memory_bytes"] < 1e9
    labels = {value for family in families.values() for sample in family.samples for value in sample.labels.values()}
    assert session and session not in text and max(map(len, labels)) < len(session)
