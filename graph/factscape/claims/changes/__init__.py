"""What changed between two states of the facts: `finding` compares them, `parts` are what it finds."""
