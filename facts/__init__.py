"""The bundled facts, as data files beside this module."""
