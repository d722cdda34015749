"""Single changes of the source that the tests should notice: `make mutants`."""
