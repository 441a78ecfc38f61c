"""The organiser's pages, one file per noun."""
