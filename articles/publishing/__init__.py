"""Published pages: which are kept as bytes, what makes them fresh, and how they are served past Django."""

from articles.publishing.marks import published

__all__ = ["published"]
