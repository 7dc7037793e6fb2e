"""The verbs of the application: what they answer, what they refuse, what they leave untouched."""
