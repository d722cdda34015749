"""The explanation of a formatted entry."""
