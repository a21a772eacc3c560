"""The bullet points of a story."""
