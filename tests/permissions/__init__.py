"""Which row of the table each address obeys; see README.md."""
