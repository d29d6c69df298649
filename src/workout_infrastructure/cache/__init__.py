"""The cache in Redis, with a fallback in memory."""
