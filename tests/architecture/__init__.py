"""Checks that import rules cannot make: source in, complaints out. Called by tests/test_architecture.py."""
