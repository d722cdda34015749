"""Libraries as wholes: conditions, contents in numbers, duplicates, merging, checks."""
