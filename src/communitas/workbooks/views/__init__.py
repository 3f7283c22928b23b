"""The pages of the workbook: one room for each part of the work."""
