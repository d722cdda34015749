"""What pytest is not to import here: atheris is no dependency, not even of the tests."""

collect_ignore = ["guided.py"]
