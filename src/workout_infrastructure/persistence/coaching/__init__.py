"""Coaching's tables, mappings, repositories, readers, and the ports it serves to others."""
