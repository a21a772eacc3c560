"""The catalogue: stories and what belongs to them, namely sources, topics, review details and pictures."""
