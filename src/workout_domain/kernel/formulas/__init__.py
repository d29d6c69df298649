"""Numbers that several contexts compute: estimated maxima, effort, volume and training load."""
