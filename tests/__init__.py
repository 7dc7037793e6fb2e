"""The tests: unit, laws, contracts, golden, conformance, docs, and the shows that run them."""
