"""Communitas runs a standards-based quality network."""

__version__ = "0.1.0"
