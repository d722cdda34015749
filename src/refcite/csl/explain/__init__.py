"""Why an entry looks as it does."""
