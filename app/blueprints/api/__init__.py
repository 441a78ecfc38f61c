"""The JSON API: one file for each noun; what may be asked stands in the document it serves."""
