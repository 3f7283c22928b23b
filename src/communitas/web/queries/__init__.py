"""Reads for the pages that belong to no single app."""

from communitas.web.queries.pages import Standing, listed_networks, proposals_for, public_pages, standings

__all__ = ["Standing", "listed_networks", "proposals_for", "public_pages", "standings"]
