"""Who coaches whom, and what the athlete lets the coach see and do."""
