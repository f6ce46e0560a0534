"""Facts coming in and going out: a skeleton to start one's own."""
