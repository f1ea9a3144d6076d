#!/usr/bin/env bash
# optuna 5.0.0: get_param_importances with its defaults, after a search in which one parameter decides nearly all.
#
# Expected: the learning rate, above a border of which every trial is lost, is what matters; the other parameter,
# which moves the loss by a ten-thousandth of that, does not.
# Seen: the other one has 0.97 of the importance. The default evaluator compares the best tenth of the trials with
# all, and among those where the rate was good, however many, the other one decides who is best. So the question that
# is answered is not what to keep away from, but what to turn next. The evaluator by a forest, which was the default
# once, says what one expects.
#
# Here playground/train/search/importance.py asks a forest of its own, of the ranks of all trials, lost ones included.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    optuna==5.0.0 scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import warnings

import optuna
from optuna.importance import FanovaImportanceEvaluator, get_param_importances

optuna.logging.set_verbosity(optuna.logging.WARNING)
warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)


def loss(trial):
    rate, decay = trial.suggest_float("rate", 0, 1), trial.suggest_float("decay", 0, 1)
    return 100.0 * (rate > 0.7) + 0.01 * decay


def shown(name, importances):
    shares = {field: round(float(share), 3) for field, share in importances.items()}
    print(f"{name}: {shares}")
    return shares


study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
study.optimize(loss, n_trials=60)
lost = [trial for trial in study.trials if trial.value >= 100]
print(f"{len(lost)} of {len(study.trials)} trials lost, all of them by the rate")
assert all(trial.params["rate"] > 0.7 for trial in lost) and 0 < len(lost) < len(study.trials)

by_default = shown("by default", get_param_importances(study))
assert by_default["decay"] > 0.9
by_forest = shown("by a forest", get_param_importances(study, evaluator=FanovaImportanceEvaluator(seed=0)))
assert by_forest["rate"] > 0.9
PY
