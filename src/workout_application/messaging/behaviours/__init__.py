"""The pipeline: one concern per file, in the order the composition root lists them."""
