"""Holding facts against shapes: SHACL in one pass over plain triples, pySHACL for what that does not know."""
