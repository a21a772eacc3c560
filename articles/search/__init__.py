"""Full-text search: the index, kept by triggers, and the results page."""
