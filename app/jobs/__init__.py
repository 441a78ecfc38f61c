"""Work outside a request: queue, ticker, and the thin tasks they run."""
