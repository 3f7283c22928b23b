"""The documents of the network as PDF: reports become plain data, and the templates beside this file set them."""
