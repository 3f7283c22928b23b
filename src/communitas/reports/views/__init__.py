"""The pages of reports and action plans."""
