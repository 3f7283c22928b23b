"""Django's backend for SQLite with one thing mended: see base.py."""
