"""What training amounts to."""
