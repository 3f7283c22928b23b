"""How the worked examples are read, computed and judged: one room for the file, one for comparing, some for methods."""
