"""The doors: HTTP, hub, worker and command line, and the composition root that wires them."""
