"""Programs: what an athlete lifts next, by rules that are data and training maxes people set."""
