"""Plans rotations: speed-mentoring rounds and peer groups."""
