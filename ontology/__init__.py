"""The ontology, as data files beside this module."""
