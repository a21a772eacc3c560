"""The screen on which an editor reads a summary against its story, and decides on each point."""
