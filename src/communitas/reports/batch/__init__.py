"""Reports made from files alone, without Django or a database: the same imports, rules and templates."""
