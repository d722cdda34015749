"""Libraries as wholes: duplicates, checks.

`refcite.collection.duplicates` finds the records that describe the same work;
`refcite.collection.checks` checks the records of a library with rules.
"""
