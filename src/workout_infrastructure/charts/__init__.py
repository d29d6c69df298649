"""Charts as pictures, tables as text, documents as PDF."""
