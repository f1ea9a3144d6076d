"""One visitor: the access code, who a run belongs to, the Config, the runs of the visit."""
