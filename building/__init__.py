"""The build of the compiled wheel."""
