"""What a training run shows: learning, layers, numbers."""

import json

import pandas as pd
import streamlit as st

from playground.catalog import LOSSES
from playground.charts import histograms, pictures
from playground.charts.table import Rows
from playground.charts.training import curves, layers, loss_words, predictions, update_ratio
from playground.charts.training.curve_rows import last_epoch
from playground.jobs.training.class_balance import balance_sentence
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.jobs.training.survivors import survivors
from playground.objective import Objective
from playground.spec import number_text
from playground.thinning import evenly
from playground.ui.chart import show_chart
from playground.ui.decision_map import show_decision_map
from playground.ui.picture_grid import show_pictures
from playground.ui.training.figures import about_figures, show_figures, show_metrics
from playground.ui.words import command_line, machine_line, shown_network

MOST_ROWS = 500  # of the table


def show_learning(snapshot: TrainingSnapshot) -> None:
    """The network's answers, and figures and curves beside them."""
    answers, lines = st.columns(2, gap="medium")
    with answers:
        _show_answers(snapshot)
    with lines:
        show_metrics(snapshot)
        computed, switch = st.columns((3, 1), gap="small", vertical_alignment="center")
        computed.caption(machine_line(snapshot))
        with switch:
            log_scale = _asked_for_log_scale(snapshot)
        st.caption(about_figures(snapshot))
        _show_loss(snapshot, log_scale=log_scale)
        has_bands = snapshot.config.num_seeds > 1
        if snapshot.config.is_classification:
            show_chart(
                curves.accuracy_chart,
                {"accuracy": curves.accuracy_data(snapshot)},
                description=curves.accuracy_alt(),
                key="accuracy",
                has_bands=has_bands,
            )
        if curves.has_varying_rate(snapshot):
            show_chart(
                curves.learning_rate_chart,
                {"learning_rate": curves.learning_rate_data(snapshot)},
                description=curves.learning_rate_alt(),
                key="learning_rate",
                has_bands=has_bands,
            )


def _asked_for_log_scale(snapshot: TrainingSnapshot) -> bool:
    """Whether a person wants the loss on a logarithmic axis; one that has diverged cannot be seen on another."""
    has_diverged = snapshot.diverged_at is not None
    text = "Logarithmic, because the run diverged." if has_diverged else "Logarithmic: shows small losses in detail."
    is_on = st.toggle("Log axis", key="log_loss", help=text, disabled=has_diverged)
    return is_on or has_diverged


def _show_loss(snapshot: TrainingSnapshot, *, log_scale: bool) -> None:
    """The loss chart, and what its lines contain."""
    config = snapshot.config
    unit, has_cost = LOSSES[config.loss].unit, Objective.of(config).is_more_than_the_loss
    looks = {"unit": unit, "has_cost": has_cost, "batch": loss_words.batch_name(config)}
    show_chart(
        curves.loss_chart,
        {"loss": curves.loss_data(snapshot, log_scale=log_scale, has_cost=has_cost)},
        description=curves.loss_alt(**looks),
        key=f"loss_{log_scale}",
        log_scale=log_scale,
        has_bands=config.num_seeds > 1,
        **looks,
    )
    if sentences := loss_words.line_sentences(config):
        st.caption(" ".join(sentences))


def _show_answers(snapshot: TrainingSnapshot) -> None:
    """The decision map of a plane; pictures, confusion or scatter of other data."""
    if snapshot.decision_map is not None:
        show_decision_map(snapshot.decision_map, key="decision_map")
        st.caption(
            "The network's answer everywhere in the plane. Hollow points are validation: they only check it."
            + shown_network(snapshot.config)
        )
    if balance := balance_sentence(snapshot.class_accuracies, "validation"):
        st.caption(balance)
    shown = snapshot.predictions
    if shown is None:
        return
    if shown.images is not None:
        st.caption("Validation pictures and what the network takes them for." + shown_network(snapshot.config))
        show_pictures(pictures.sample_pictures_payload(shown), key="sample_pictures")
    if shown.confusion is not None:
        number = len(shown.class_names)
        st.caption(
            "Every validation sample: a row for each true class, a column for each answer."
            + shown_network(snapshot.config)
        )
        show_chart(
            predictions.confusion_chart,
            {"confusion": predictions.confusion_data(shown)},
            description=predictions.confusion_alt(num_classes=number),
            key="confusion",
            num_classes=number,
        )
    if shown.true is not None:
        st.caption("Validation samples: right answers lie on the dashed line." + shown_network(snapshot.config))
        show_chart(
            predictions.truth_chart,
            {"truth": predictions.truth_data(shown)},
            description=predictions.truth_alt(unit=shown.unit),
            key="truth",
            unit=shown.unit,
        )


def show_layers(snapshot: TrainingSnapshot) -> None:
    """What flows through every layer, forward and back."""
    show_figures(snapshot)
    if snapshot.config.num_seeds > 1:
        st.caption(f"The layers of the first run, seed {snapshot.config.seed}.")
    shown, number = snapshot.layers, len(snapshot.layers)
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("Activations over the training data: look for layers that shrink to nothing or pile up at the ends.")
        _show_layer_chart(histograms, "activation", "activations", histograms.activation_data(shown), number)
        st.caption("Mean and spread of the activations, layer by layer.")
        _show_layer_chart(layers, "spread", "spreads", layers.spread_data(shown), number)
        st.caption("Units that never fire, and activations on the flat part of their curve.")
        _show_layer_chart(layers, "share", "shares", layers.share_data(shown), number)
    with right:
        st.caption("Gradients of the last batch: look for first layers that get far less than the last.")
        _show_layer_chart(histograms, "gradient", "gradients", histograms.gradient_data(shown), number)
        st.caption("Length of each layer's weight gradient.")
        _show_layer_chart(layers, "grad_norm", "grad_norms", layers.grad_norm_data(shown), number)
        st.caption(
            "How far one step moves the weights, as a share of their size. Dashed: "
            f"{number_text(update_ratio.GUIDE)}, a rough guide; far above {number_text(update_ratio.FAST)} "
            "is often too fast."
        )
        names = [layer.name for layer in shown]
        ratios = update_ratio.update_ratio_data(snapshot.layer_history, names, end=last_epoch(snapshot))
        _show_layer_chart(update_ratio, "update_ratio", "update_ratios", ratios, number)
    if snapshot.predictions is not None and snapshot.predictions.first_weights is not None:
        st.caption("First-layer weights as pictures: blue pushes a unit up, orange down, blank does nothing.")
        show_pictures(pictures.weight_pictures_payload(snapshot.predictions), key="weight_pictures")


def _show_layer_chart(module: object, name: str, data_name: str, rows: Rows, number: int) -> None:
    show_chart(
        getattr(module, f"{name}_chart"),
        {data_name: rows},
        description=getattr(module, f"{name}_alt")(num_layers=number),
        key=name,
        num_layers=number,
    )


def history_table(snapshot: TrainingSnapshot) -> pd.DataFrame:
    """The history; of several seeds with the number of runs that each row is a mean of."""
    table = pd.DataFrame(snapshot.history)
    if snapshot.config.num_seeds > 1:
        table["runs"] = len(survivors(snapshot.statuses)) or len(snapshot.statuses)
    return table


def show_numbers(snapshot: TrainingSnapshot) -> None:
    """The history as a table, and the same run elsewhere."""
    show_figures(snapshot)
    st.caption("The same run on the command line:")
    st.code(command_line(snapshot.config), language="bash", wrap_lines=True)
    table = history_table(snapshot)
    st.caption(f"One row an epoch, row 0 before the first step; long runs are thinned to {MOST_ROWS} rows here.")
    st.dataframe(table.iloc[evenly(len(table), MOST_ROWS)], hide_index=True, height=420, key="history")
    if snapshot.result is not None:
        text = json.dumps(snapshot.result, allow_nan=False)
        st.download_button("Download everything (JSON)", text, "run.json", "application/json", on_click="ignore")
        st.download_button(
            "Download the table (CSV)", table.to_csv(index=False), "history.csv", "text/csv", on_click="ignore"
        )
