"""What training amounts to: figures, charts and documents; it changes nothing."""
