"""What the weights of the best epochs score, to which runs have gone back."""

import math
import statistics

from playground.jobs.training.result import kept_epoch
from playground.jobs.training.seed_runs import SeedRuns
from playground.jobs.training.survivors import survivors


def kept_scores(seeds: SeedRuns) -> dict[str, float]:
    """As `TrainingSnapshot.kept`; of several runs, means of those that have not diverged, unless all have."""
    kept = list(zip(seeds.histories, seeds.kept_rows, strict=True))
    told = [kept[number] for number in survivors([run.status for run in seeds.runs])] or kept
    if any(row is None for _, row in told):
        return {}
    scores = [history.scores(row) for history, row in told]
    epoch = kept_epoch(*kept[0]) if len(kept) == 1 else math.nan
    return {"epoch": epoch, **{name: statistics.fmean(each[name] for each in scores) for name in scores[0]}}
