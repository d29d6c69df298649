"""Pages for people: the interactive document, and one page per error code."""
