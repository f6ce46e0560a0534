"""One self-contained HTML file: template, style, scripts and data in one, and a policy that holds it.

Whatever the facts say reaches the page as JSON that nothing runs, and is written with
`textContent`. The policy names the page's own scripts and styles by their hash and forbids
everything else: other scripts, requests to anywhere, text that becomes markup.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from factscape.errors import FactscapeError
from factscape.views.tables import unpacked

__all__ = ["Page", "interface_words", "render", "write_page"]

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
TEMPLATES = _HERE / "templates"
LIBRARY = "vis-network.min.js"
WORDS = "words.json"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,]) ?")


@dataclass(frozen=True)
class Page:
    """A page and its data, which are also in it."""

    html: str
    data: dict[str, Any]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return a table of the data, a dictionary for each row; what is not said is not in it.

        >>> Page("<p>", {"times": [["2025"]]}).rows("times")
        [{'label': '2025'}]
        """
        return [unpacked(table, row) for row in self.data[table]]

    @property
    def drawn_lines(self) -> int:
        """How many lines are drawn at first: those between things that are."""
        things = self.rows("things")
        return sum(
            "later" not in things[line["from"]] and "later" not in things[line["to"]]
            for line in self.rows("lines")
        )

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own that reaches nothing around it."""
        allowed = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
        return (
            f'<iframe sandbox="{allowed}" srcdoc="{escape(self.html)}" title="Factscape" '
            'style="width:100%;height:720px;border:1px solid #ccc"></iframe>'
        )

    def as_json(self) -> str:
        """Return the data as JSON, the same that the page downloads.

        >>> Page("<p>", {"lang": "zh"}).as_json()
        '{"lang":"zh"}'
        """
        return _json(self.data)


@cache
def interface_words(name: str = WORDS) -> dict[str, dict[str, Any]]:
    """Return the words of an interface by language; counted ones as singular and plural.

    >>> interface_words()["zh"]["search"]
    '搜索'
    """
    words: dict[str, dict[str, Any]] = json.loads(_read(name))
    return words


def render(
    template: str,
    data: dict[str, Any],
    *,
    heading: str,
    language: str,
    scripts: Iterable[str],
    styles: Iterable[str],
    libraries: Iterable[str] = (LIBRARY,),
    inserted: Iterable[str] = (),
    words_from: str = WORDS,
) -> str:
    """Fill a template with data, and with the scripts and styles of these names.

    `inserted` are styles that a library puts into the page itself, and no other text may.
    """
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    script = _joined(scripts)
    library = "\n".join(_read(name).split("//# sourceMappingURL=")[0] for name in libraries)
    style = "\n".join(_lean(_read(name)) for name in styles)
    words = interface_words(words_from)
    for code, end in ((script, "</script"), (library, "</script"), (style, "</style")):
        assert end not in code.lower() and "<!--" not in code, "this would end its element early"
    return environment.get_template(template).render(
        title=f"{heading} · {words[language]['title']}",
        heading=heading,
        language=language,
        word=words[language],
        policy=_policy([library, script], [style, *map(_read, inserted)]),
        # The only texts that are not escaped: our own, and JSON in which no element can end.
        style=Markup(style),
        library=Markup(library),
        script=Markup(script),
        words=Markup(_inert(words)),
        data=Markup(_inert(data)),
    )


def write_page(path: Path, html: str) -> None:
    """Write a file whole or not at all: what stood there before stays until the new one is ready.

    Raises FactscapeError when it cannot be written.
    """
    path = path.resolve()  # a link to a file stays one
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".factscape-", suffix=".html")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(html)
            os.chmod(temporary, _mode(path))
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise FactscapeError(
            f"{path} cannot be written: {error.strerror or error}",
            hint="give another place with -o FILE",
        ) from error


def _mode(path: Path) -> int:
    """Return the permissions that the file has, or would have been made with."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _joined(names: Iterable[str]) -> str:
    """Put scripts into one function, so that they share their names with one another alone."""
    from rjsmin import jsmin

    code = "\n".join(_read(name) for name in names)
    return str(jsmin("(() => {\n'use strict';\n" + code + "\n})();"))


def _lean(code: str) -> str:
    r"""Leave comments and needless space out of a style: a page is sent by mail.

    Our styles hold no text with any of that in it.

    >>> _lean("/* Why. */\na > b {\n  margin: 0 1px;\n}\n")
    'a > b{margin:0 1px}'
    """
    code = _SPACE.sub(" ", _COMMENT.sub("", code))
    return _AROUND.sub(r"\1", code).replace(": ", ":").replace(";}", "}").strip()


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    hashes = " ".join(_hash(script) for script in scripts)
    style_hashes = " ".join(_hash(style) for style in styles)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {hashes}",
            f"style-src {style_hashes}",
            "img-src data:",  # the empty icon, which keeps browsers from asking for one
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(code: str) -> str:
    return f"'sha256-{b64encode(sha256(code.encode('utf-8')).digest()).decode('ascii')}'"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _inert(data: object) -> str:
    r"""Return JSON that can stand in a script element: nothing in it ends or opens one.

    >>> _inert("</script>")
    '"\\u003c/script>"'
    """
    return _json(data).replace("<", "\\u003c")
