"""What each page of the explorer shows, as plain data: the same that its JSON twin is."""
