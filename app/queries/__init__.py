"""The read side: frozen view rows for pages, in few queries."""
