"""What the product does: one module a noun, one verb a function; no Flask, no commit."""
