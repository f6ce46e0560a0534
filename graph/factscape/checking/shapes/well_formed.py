"""Whether the text of a literal is one that its datatype allows."""

from __future__ import annotations

import re
from datetime import date

from factscape.terms import PREFIXES, XSD

__all__ = ["is_well_formed"]

_ZONE = r"(?:Z|[+-]\d\d:\d\d)?"
_FORMS = {
    XSD.integer: r"[+-]?\d+",
    XSD.decimal: r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    XSD.boolean: r"true|false|0|1",
    XSD.gYear: rf"-?\d{{4,}}{_ZONE}",
    XSD.gYearMonth: rf"-?\d{{4,}}-(?:0[1-9]|1[0-2]){_ZONE}",
    XSD.date: rf"\d{{4}}-\d\d-\d\d{_ZONE}",
    XSD.duration: r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?"
    r"(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    PREFIXES["xsd"] + "double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
}
_COMPILED = {datatype: re.compile(form, re.ASCII) for datatype, form in _FORMS.items()}


def is_well_formed(text: str, datatype: str) -> bool:
    """Say whether a datatype allows a text; of datatypes that are not known here it is taken to.

    >>> is_well_formed("2025-02-30", XSD.date), is_well_formed("2025-13", XSD.gYearMonth)
    (False, False)
    """
    form = _COMPILED.get(datatype)
    if form is None:
        return True
    if not form.fullmatch(text):
        return False
    if datatype != XSD.date:
        return True
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True
