"""The command line: what a person types, what they see, and with which exit code it ends."""
