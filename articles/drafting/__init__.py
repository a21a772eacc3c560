"""Drafts of bullets by machines, which no reader sees before an editor approved them."""
