"""A class whose server is started again: each page comes back with its settings, and says that its run is gone."""

from playground.bench.server import free_port
from playground.link import PARAMETER
from tests.aids.serving import running_server
from tests.aids.visitor import visiting
from tests.server.conftest import ONE_WORKER
from tests.test_link import link_of


def test_a_page_comes_back_with_its_settings_and_without_its_run():
    port = free_port()
    with (
        running_server(port=port, environment=ONE_WORKER) as url,
        visiting(url, f"{PARAMETER}={link_of(num_epochs=10_000, num_samples=555)}") as before,
    ):
        before.open().press("train")
    with (
        running_server(port=port, environment=ONE_WORKER),
        visiting(url, before.query, session=before.session) as after,
    ):
        assert "run=" in before.query
        assert "This run is no longer kept" in after.open().text.replace("\\", "")
        assert after.value_of("num_samples") == "555"
        after.press("train")
        assert "run=" in after.query and after.query != before.query
        assert "no longer kept" not in after.text
