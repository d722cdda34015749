"""Libraries as wholes: conditions on their records, their contents in numbers, duplicates, checks."""
