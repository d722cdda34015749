"""From typed elements to functions that print them for one item."""
