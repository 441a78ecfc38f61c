"""The integer programs: the only home of PuLP."""
