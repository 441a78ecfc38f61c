"""Our calendar bytes, read by parsers that share no code with the one that writes them."""
