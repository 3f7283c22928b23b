"""Figures over any number of cycles: the facts as Parquet, what is counted from them as Ibis expressions, the engines.

Importing a room of this package imports pyarrow, Ibis or an engine, which takes most of a second. So it is imported by
the functions that need it, never while Django starts.
"""
