import numpy as np
import pytest

from playground.catalog import OPTIMIZERS
from playground.charts.byte_message import parse_byte_message
from playground.charts.contours import FULL
from playground.charts.landscape.picture import WAITING, curvature_data, landscape_payload, path_loss_data
from playground.charts.landscape.words import ends_table, landscape_sentences, setting_sentence
from playground.charts.optimizer_look import optimizer_look
from playground.config import Config
from playground.jobs.landscape.job import LandscapeJob
from playground.jobs.landscape.settings import MINI, RANDOM
from playground.jobs.landscape.snapshot import LandscapeSnapshot, RunPath

JOB = LandscapeJob(Config(), optimizers=("sgd", "adam"))


def path(name, losses, **fields):
    number = len(losses)
    steps = np.arange(number) * 10
    points = np.linspace([-1, -1], [0, 0], number)
    plane_losses = np.array(losses) * 2
    return RunPath(name, 0.1, "finished", steps, np.array(losses), points, plane_losses, **fields)


def make_snapshot(**fields):
    bends = {"curvature_steps": np.array([0, 20]), "curvatures": np.array([5.0, 21.0]), "limits": np.full(2, 20.0)}
    free = {"curvature_steps": np.array([0, 20]), "curvatures": np.array([5.0, np.nan]), "limits": np.full(2, np.nan)}
    runs = (path("sgd", [1.0, 0.5, 0.4], **bends), path("adam", [1.0, 0.1, 0.01], **free))
    values = {"runs": runs, "window": (-1.5, -1.5, 2.0), "surface": np.array([[0.01, 0.1], [1.0, np.nan]])}
    shares = {"shares": (0.75, 0.125), "centre": "adam", "num_parameters": 354}
    return LandscapeSnapshot(**{**values, **shares, **fields})


def test_payload_holds_surface_paths_and_looks():
    header, arrays = parse_byte_message(landscape_payload(make_snapshot()))
    assert (header["size"], header["left"], header["side"]) == (2, -1.5, 2.0)
    assert (header["low"], header["high"]) == (0.01, 1.0)
    assert arrays["values"][[0, 1, 2]].tolist() == [0, FULL // 2, FULL]
    assert [(each["label"], each["first"], each["count"]) for each in header["paths"]] == [
        ("SGD", 0, 3),
        ("Adam", 3, 3),
    ]
    assert arrays["points"].reshape(-1, 2)[3].tolist() == [-1, -1]
    assert arrays["steps"].tolist() == [0, 10, 20] * 2
    assert header["axes"] == ["first direction (75% of the movement)", "second direction (12% of the movement)"]
    assert len(header["labels"]) == len(arrays["levels"])


def test_payload_before_there_is_a_plane_says_what_comes():
    for snapshot in (LandscapeSnapshot(), make_snapshot(window=None, surface=None)):
        header, arrays = parse_byte_message(landscape_payload(snapshot))
        assert header["waiting"] == WAITING and header["paths"] == [] and not arrays["values"].size


def test_payload_leaves_out_a_run_without_a_path():
    lost = RunPath("momentum", 0.1, "diverged", np.array([0, 10]), np.array([1.0, np.nan]))
    header, _ = parse_byte_message(landscape_payload(make_snapshot(runs=(*make_snapshot().runs, lost))))
    assert len(header["paths"]) == 2


def test_each_optimizer_looks_like_no_other():
    looks = [optimizer_look(name) for name in OPTIMIZERS]
    assert len({look["colour"] for look in looks}) == len({look["shape"] for look in looks}) == len(OPTIMIZERS)


def test_loss_rows_are_those_a_log_axis_shows():
    lost = RunPath("momentum", 0.1, "diverged", np.array([0, 10, 20]), np.array([1.0, 0.0, np.nan]))
    rows = path_loss_data(make_snapshot(runs=(lost,)))
    assert rows.to_dict("list") == {"optimizer": ["SGD with momentum"], "step": [0.0], "loss": [1.0]}
    assert list(path_loss_data(LandscapeSnapshot()).columns) == ["optimizer", "step", "loss"]


def test_curvatures_come_with_the_limits_that_exist():
    rows = curvature_data(make_snapshot())
    assert rows[rows.kind == "curvature"].value.tolist() == [5.0, 21.0, 5.0]
    limits = rows[rows.kind == "limit"]
    assert limits.value.tolist() == [20.0, 20.0] and limits.text.tolist() == ["", "limit of SGD"]


def test_words_say_the_share_the_miss_and_the_edge():
    plane, hidden, edge = landscape_sentences(JOB, make_snapshot())
    assert "**88%**" in plane and "354 dimensions" in plane
    assert "Adam's end, where the loss is 0.01" in hidden and "SGD ends at 0.4, but the map says 0.8" in hidden
    assert "curvature 21 at the end, limit 20" in edge and "edge of stability" in edge


@pytest.mark.parametrize(("curvature", "words"), [(5.0, "has room"), (60.0, "past the limit")])
def test_words_tell_both_sides_of_the_limit(curvature, words):
    bends = {"curvature_steps": np.array([0]), "curvatures": np.array([curvature]), "limits": np.array([20.0])}
    snapshot = make_snapshot(runs=(path("sgd", [1.0, 0.5], **bends),), centre="sgd")
    assert words in landscape_sentences(JOB, snapshot)[-1]


def test_words_of_a_random_plane_and_of_minibatches():
    job = LandscapeJob(Config(), optimizers=("sgd", "adam"), plane=RANDOM, batches=MINI)
    sentences = landscape_sentences(job, make_snapshot(shares=(0.001, 0.001)))
    assert "only **0.2%**" in sentences[0] and "noise of minibatches" in sentences[-1]
    assert "batches of 10" in setting_sentence(job) and "at once" in setting_sentence(JOB)


def test_no_words_before_there_is_a_plane():
    assert landscape_sentences(JOB, LandscapeSnapshot()) == []


def test_table_sets_the_map_beside_the_truth():
    table = ends_table(make_snapshot())
    assert table["Loss at the end"] == [0.4, 0.01] and table["Loss on the map there"] == [0.8, 0.02]
