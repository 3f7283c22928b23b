"""The formulas of the product: counts in, a number or the reason why there is none out.

Pure functions. What a reader sees of them, from how many scores on and in which words, is decided in the modules of
`rules` that give a `Figure`; what may leave the office at all, in `rules/disclosure`. numpy and scipy are imported
where they are needed, for they are slow to load.
"""
