"""The output stream and its processing: case, quotes, punctuation, flip-flop."""
