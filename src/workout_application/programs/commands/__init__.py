"""What changes rules and training maxes."""
