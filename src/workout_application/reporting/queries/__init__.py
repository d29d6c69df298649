"""Questions about what training amounts to."""
