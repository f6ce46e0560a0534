"""How the index of names is laid out, for those who write it and those who read it."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["INDICES", "LONGEST", "SCHEMA", "VERSION", "Kind", "Role"]

VERSION = 1
"""Grows when the layout does; an index of another version is not read."""

LONGEST = 80
"""Keys of so many characters and more are kept together, as if of one length."""


class Kind(IntEnum):
    """What a term is of the names that have it."""

    NAME = 0
    """the whole name, folded"""
    WORD = 1
    """one of its words"""
    PINYIN = 2
    """how all of it is read"""
    OTHER_PINYIN = 3
    """how it may be read too"""
    INITIALS = 4
    """the first letters of its characters or words"""


class Role(IntEnum):
    """What a name is to its thing."""

    MAIN = 0
    """what it is called"""
    ALIAS = 1
    """what it is called too"""
    SLUG = 2
    """the end of its IRI"""


SCHEMA = f"""
PRAGMA user_version = {VERSION};
-- What lookup has to know besides: the table of characters, the prefixes.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
-- What is found, the best connected first: the number of a thing is its rank.
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, en TEXT, zh TEXT, types INTEGER,
                    degree INTEGER, background INTEGER);
CREATE TABLE types (id INTEGER PRIMARY KEY, iris TEXT);
-- Names as they are written, in the order of their things.
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, text TEXT, role INTEGER);
-- Each folded text once for each kind, and as 4-byte numbers the names that have it; terms of a
-- kind are in the order of their first names.
CREATE TABLE term (id INTEGER PRIMARY KEY, kind INTEGER, text TEXT, names BLOB);
-- As 4-byte numbers the terms of a kind and a length in which a gram stands, in order.
CREATE TABLE gram (kind INTEGER, gram TEXT, length INTEGER, terms BLOB,
                   PRIMARY KEY (kind, gram, length)) WITHOUT ROWID;
"""

INDICES = """
CREATE INDEX thing_iri ON thing (iri);
CREATE INDEX term_text ON term (text, kind);
"""
