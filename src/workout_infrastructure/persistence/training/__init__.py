"""Training's tables, mappings, repositories, readers and hot writes."""
