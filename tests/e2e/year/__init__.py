"""A whole year of two communities, step by step: each room holds what one part of the year asks of its people."""
