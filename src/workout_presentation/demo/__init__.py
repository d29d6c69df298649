"""The demo: a client of the product that replays a real training log as live sessions."""
