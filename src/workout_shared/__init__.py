"""What every layer may use: standard library only, and nothing about training."""
