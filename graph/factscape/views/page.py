"""One self-contained HTML file: template, style, scripts and data in one, and a policy that holds it.

The same page can stand in a site, which has its scripts as files: `factscape.views.site`.

Whatever the facts say reaches the page as JSON that nothing runs, and is written with
`textContent`. The policy names the page's own scripts and styles by their hash and forbids
everything else: other scripts, requests to anywhere, text that becomes markup.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from factscape.errors import FactscapeError
from factscape.views.tables import unpacked

__all__ = [
    "Form",
    "Page",
    "fill",
    "hash_of",
    "inert",
    "interface_words",
    "joined",
    "read_library",
    "styled",
    "write_page",
]

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
TEMPLATES = _HERE / "templates"
LIBRARY = "vis-network.min.js"
WORDS = "words.json"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,>]) ?")


@dataclass(frozen=True)
class Form:
    """What a page is made of, besides its data."""

    template: str
    heading: str = ""
    language: str = "en"
    scripts: tuple[str, ...] = ()
    """Names of files: they become one script, in this order."""
    styles: tuple[str, ...] = ()
    libraries: tuple[str, ...] = (LIBRARY,)
    inserted: tuple[str, ...] = ()
    """Styles that a library puts into the page itself; no other text may."""
    words_from: str = WORDS


@dataclass(frozen=True)
class Page:
    """A page and its data, which are also in it."""

    data: dict[str, Any]
    form: Form

    @cached_property
    def html(self) -> str:
        """The page as one file that works anywhere."""
        return _render(self.form, self.data)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return a table of the data, a dictionary for each row; what is not said is not in it.

        >>> Page({"times": [["2025"]]}, Form("network.html")).rows("times")
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

        >>> Page({"lang": "zh"}, Form("network.html")).as_json()
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


def _render(form: Form, data: dict[str, Any]) -> str:
    from markupsafe import Markup

    script = joined(form.scripts)
    library = "\n".join(map(read_library, form.libraries))
    style = styled(form.styles)
    for code, end in ((script, "</script"), (library, "</script"), (style, "</style")):
        assert end not in code.lower() and "<!--" not in code, "this would end its element early"
    return fill(
        form,
        data,
        policy=_policy([library, script], [style, *map(_read, form.inserted)]),
        # Our own texts, which are not escaped.
        style=Markup(style),
        library=Markup(library),
        script=Markup(script),
        site=None,
    )


def fill(
    form: Form,
    data: dict[str, Any],
    more_words: Mapping[str, Mapping[str, Any]] | None = None,
    **more: Any,
) -> str:
    """Fill the template of a page: with its data and its words, which nothing in them ends."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    words = interface_words(form.words_from)
    if more_words:
        words = {lang: {**own, **more_words[lang]} for lang, own in words.items()}
    return environment.get_template(form.template).render(
        title=f"{form.heading} · {words[form.language]['title']}",
        heading=form.heading,
        language=form.language,
        word=words[form.language],
        words=Markup(inert(words)),
        data=Markup(inert(data)),
        **more,
    )


def write_page(path: Path, html: str) -> None:
    """Write a file whole or not at all: what stood there before stays until the new one is ready.

    Raises FactscapeError when it cannot be written.
    """
    path = path.resolve()  # a link to a file stays one
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".factscape-", suffix=".html")
        with contextlib.ExitStack() as undo:
            undo.callback(os.unlink, temporary)
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(html)
            os.chmod(temporary, _mode(path))
            os.replace(temporary, path)
            undo.pop_all()
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


def read_library(name: str) -> str:
    """Return the code of a library, without where its own makers' sources are."""
    return _read(name).split("//# sourceMappingURL=")[0]


def joined(names: Iterable[str]) -> str:
    """Put scripts into one function, so that they share their names with one another alone."""
    from rjsmin import jsmin

    code = "\n".join(_read(name) for name in names)
    return str(jsmin("(() => {\n'use strict';\n" + code + "\n})();"))


def styled(names: Iterable[str]) -> str:
    """Put styles into one."""
    return "\n".join(_lean(_read(name)) for name in names)


def _lean(code: str) -> str:
    r"""Leave comments and needless space out of a style: a page is sent by mail.

    Our styles hold no text with any of that in it.

    >>> _lean("/* Why. */\na > b {\n  margin: 0 1px;\n}\n")
    'a>b{margin:0 1px}'
    """
    code = _SPACE.sub(" ", _COMMENT.sub("", code))
    return _AROUND.sub(r"\1", code).replace(": ", ":").replace(";}", "}").strip()


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    hashes = " ".join(hash_of(script) for script in scripts)
    style_hashes = " ".join(hash_of(style) for style in styles)
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


def hash_of(code: str) -> str:
    """Return what a policy calls a text by."""
    return f"'sha256-{b64encode(sha256(code.encode('utf-8')).digest()).decode('ascii')}'"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def inert(data: object) -> str:
    r"""Return JSON that can stand in a script element: nothing in it ends or opens one.

    >>> inert("</script>")
    '"\\u003c/script>"'
    """
    return _json(data).replace("<", "\\u003c")
