"""Back up and restore an installation: one folder that is checked before it is called good."""
