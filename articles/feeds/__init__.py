"""What machines read: feeds, sitemap, robots.txt and structured data."""
