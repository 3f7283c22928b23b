"""Certificates as PDF: the template beside this file sets the plain data of `rules.document`."""
