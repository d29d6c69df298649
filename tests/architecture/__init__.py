"""The source, held to its own rules; every rule has a planted violation that proves it bites."""
