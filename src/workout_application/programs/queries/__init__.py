"""What may be known of rules and training maxes, explanations included."""
