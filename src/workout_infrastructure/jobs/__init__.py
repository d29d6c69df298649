"""The worker's side of events: relay, jobs, the bell that wakes it."""
