"""Measurements that anyone can repeat: `make bench`, or one module with `--json`."""
