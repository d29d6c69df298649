"""What training amounts to, read and kept."""
