"""Import: decode, parse (pure), plan (pure), store (one transaction a story)."""
