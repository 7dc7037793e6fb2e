"""Pictures: well-formed, complete, readable, and the same every time."""
