"""The printed workbook as a tagged PDF: the template beside this file sets the plain data of `rules.paper_form`."""
