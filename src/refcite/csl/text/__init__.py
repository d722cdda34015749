"""The output stream and what is settled in it: case, quotes, punctuation, flip-flop."""
