"""train_stacked and plan_chunks: many Configs, whatever they are."""

import pytest

from playground.train.stacked import StackedTrainer, plan_chunks, train_stacked
from playground.train.stacked import chunks as chunks_module
from tests.aids.training import rows, tiny, trained
from tests.train.stacked.stacks import TOLERANCE


def finished(many, chunks=None):
    """Results by number, and the fractions on the way."""
    results, fractions = {}, []
    for progress in train_stacked(many, chunks):
        assert not results.keys() & progress.finished.keys()
        results |= progress.finished
        fractions.append(progress.fraction)
    return results, fractions


RAGGED = [
    *(tiny(seed=seed, learning_rate=0.01 * (seed + 1)) for seed in range(4)),
    tiny(hidden_sizes=(3,)),
    *(tiny(seed=seed, optimizer="sgd", dropout=0.1 * seed) for seed in range(4)),
    tiny(residual=True, stochastic_depth=0.5),
    tiny(seed=9),
]


def test_configs_of_one_shape_share_a_chunk_and_the_others_say_why_not():
    chunks = plan_chunks(RAGGED)
    assert [chunk.numbers for chunk in chunks] == [(0, 1, 2, 3, 10), (4,), (5, 6, 7, 8), (9,)]
    assert [chunk.is_stacked for chunk in chunks] == [True, False, True, False]
    assert [chunk.reason.split(":")[0] for chunk in chunks] == ["", "", "", "stochastic_depth"]


def test_every_config_gets_the_result_of_its_ordinary_run():
    results, fractions = finished(RAGGED)
    assert sorted(results) == list(range(len(RAGGED)))
    for number, config in enumerate(RAGGED):
        result, trainer = results[number], trained(config)
        assert (result.config, result.status, result.message) == (config, trainer.status, trainer.message)
        assert result.history.column("val_loss") == pytest.approx(
            rows(trainer)["val_loss"], rel=TOLERANCE["rtol"], abs=TOLERANCE["atol"]
        )
        assert result.final["val_loss"] == pytest.approx(result.history.last("val_loss"), rel=1e-6)
    assert fractions == sorted(fractions) and fractions[-1] == pytest.approx(1.0)


def test_chunks_can_be_trained_apart_and_in_any_order():
    def told(results):
        return {number: (result.history.to_json(), result.final) for number, result in results.items()}

    chunks = plan_chunks(RAGGED)
    apart = {}
    for chunk in reversed(chunks):
        apart |= finished(RAGGED, [chunk])[0]
    assert told(apart) == told(finished(RAGGED, chunks)[0])


def test_a_run_that_ends_is_reported_at_once():
    wild = tiny(learning_rate=1e6, optimizer="sgd", activation="relu", num_epochs=20)
    many = [tiny(seed=seed, optimizer="sgd", activation="relu", num_epochs=20) for seed in range(3)]
    reports = list(train_stacked([wild, *many]))
    first = next(progress for progress in reports if progress.finished)
    assert list(first.finished) == [0] and first.fraction < 1
    assert first.finished[0].status == "diverged"


def test_it_can_be_left_on_the_way():
    progress = train_stacked([tiny(seed=seed, num_epochs=10_000) for seed in range(4)])
    assert [next(progress).fraction for _ in range(3)] == pytest.approx([0, 1e-4, 2e-4])
    progress.close()


@pytest.mark.parametrize(("count", "sizes"), [(1, [1]), (3, [1, 1, 1]), (4, [4]), (32, [32]), (33, [16, 17]),
                                              (64, [32, 32]), (81, [27, 27, 27])])  # fmt: skip
def test_a_large_group_is_cut_into_equal_chunks(count, sizes):
    chunks = plan_chunks([tiny(seed=seed) for seed in range(count)])
    assert [len(chunk.numbers) for chunk in chunks] == sizes
    assert [number for chunk in chunks for number in chunk.numbers] == list(range(count))


@pytest.mark.parametrize(("device", "sizes"), [("cpu", [30] * 10), ("auto", [30] * 10), ("cuda", [150, 150])])
def test_a_gpu_that_was_asked_for_takes_hundreds_at_once(device, sizes):
    chunks = plan_chunks([tiny(seed=seed, device=device) for seed in range(300)])
    assert [len(chunk.numbers) for chunk in chunks] == sizes
    folds = plan_chunks([tiny(seed=seed, device=device) for seed in range(300)], each=10)
    assert max(len(chunk.numbers) for chunk in folds) * 10 <= (256 if device == "cuda" else 32)


@pytest.mark.parametrize(("field", "fields"), [
    ("hidden_sizes", {"hidden_sizes": (300, 300)}),
    ("hidden_sizes", {"batch_size": 500, "hidden_sizes": (64, 64), "num_samples": 2000}),
    ("conv_channels", {"dataset": "digits", "architecture": "conv", "conv_channels": (16, 32), "batch_size": 64}),
], ids=str)  # fmt: skip
def test_networks_too_large_to_gain_are_trained_one_by_one_and_say_so(field, fields):
    chunks = plan_chunks([tiny(seed=seed, **fields) for seed in range(4)])
    assert [chunk.is_stacked for chunk in chunks] == [False] * 4
    assert all(chunk.reason.startswith(f"{field}: ") for chunk in chunks)


def test_a_size_of_chunk_changes_results_by_no_bit(monkeypatch):
    many = [tiny(seed=seed % 3, learning_rate=0.01 * (seed + 1), dropout=0.2) for seed in range(7)]
    whole = finished(many)[0]
    monkeypatch.setattr(chunks_module, "MOST_NETWORKS", 3)
    assert len(plan_chunks(many)) == 3
    cut = finished(many)[0]
    assert [cut[number].history.to_json() for number in range(7)] == [whole[n].history.to_json() for n in range(7)]


def test_a_stack_of_equal_configs_is_one_run_many_times():
    trainer = StackedTrainer([tiny(dropout=0.3)] * 5)
    while trainer.live:
        trainer.advance()
    assert len({repr(run.history.to_json()) for run in trainer.runs}) == 1
