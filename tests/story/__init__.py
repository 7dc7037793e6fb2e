"""A story of an office, from an empty register on, by the command line alone."""
