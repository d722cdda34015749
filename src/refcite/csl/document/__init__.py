"""Citations and bibliographies of a document."""
