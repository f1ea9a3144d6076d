"""What the weights of the best epochs score, to which runs have gone back."""

import math
import statistics

from playground.jobs.seed_runs import SeedRuns
from playground.train.ending import DIVERGED


def kept_scores(seeds: SeedRuns) -> dict[str, float]:
    """As `TrainingSnapshot.kept`; of several runs, means of those that have not diverged, unless all have."""
    runs = list(zip(seeds.runs, seeds.histories, seeds.kept_rows, strict=True))
    survivors = [each for each in runs if each[0].status != DIVERGED] or runs
    if any(row is None for _, _, row in survivors):
        return {}
    scores = [history.scores(row) for _, history, row in survivors]
    epoch = runs[0][1].column("epoch")[runs[0][2]] if len(runs) == 1 else math.nan
    return {"epoch": epoch, **{name: statistics.fmean(each[name] for each in scores) for name in scores[0]}}
