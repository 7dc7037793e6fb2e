"""What the search for the shortest list of asks must do."""
