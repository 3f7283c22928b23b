"""What questions about the site stand on: an installation of its own, people who are signed in, and a large network."""
