"""Legal works in the form that the style `oscola-international` requires."""
