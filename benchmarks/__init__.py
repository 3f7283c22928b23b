"""One script a question; `make bench` asks them all."""
