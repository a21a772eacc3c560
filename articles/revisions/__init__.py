"""Publishing, changing and withdrawing: the only way in which published words, bullets or status change."""
