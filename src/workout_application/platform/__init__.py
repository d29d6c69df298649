"""Platform: how the product itself is doing."""
