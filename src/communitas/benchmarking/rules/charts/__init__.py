"""Charts as SVG, drawn once for the page and the PDF.

The print palette stands in the drawing as attributes, so a file on its own, or in a PDF, has its colours; on a page
the stylesheet (`components.css` of the kit) overrides them by class for light, dark and print.
No meaning rests on colour alone.
"""
