"""Libraries as wholes: duplicates.

`refcite.collection.duplicates` finds the records that describe the same work.
"""
