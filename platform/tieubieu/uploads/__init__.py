"""Files that people hand in: hostile until a confined child process has really opened them."""
