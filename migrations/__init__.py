"""Schema versions, one line of numbered steps."""
