"""The card of a thing: what is said of it, in groups, with the source of every line; read, kept and shown."""
