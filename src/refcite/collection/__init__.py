"""Libraries as wholes: conditions on their records, and their contents in numbers."""
