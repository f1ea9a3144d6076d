"""Numbers to pictures: a chart is a data function, a spec that stays the same during a run, and a text alternative."""
