"""What the documentation promises, checked."""
