"""The declarations of the commands with their options, by subject."""
