"""Fuzzing of every reader: `make fuzz`."""
