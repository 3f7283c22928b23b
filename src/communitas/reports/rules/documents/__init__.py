"""What the documents of a network say: pure data, the same for the page, the PDF and the command line."""
