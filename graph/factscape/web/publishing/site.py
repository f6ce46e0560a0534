"""Publishing: the explorer as a folder of files that works from any place, also without a server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from factscape.claims.overview import overview
from factscape.errors import MisuseError
from factscape.opening import open_facts
from factscape.web.publishing.about import About, citation_file, read_about
from factscape.web.publishing.asking import facts_script, library_script, oxigraph_script
from factscape.web.publishing.crew import Crew
from factscape.web.publishing.facts import SiteFacts
from factscape.web.publishing.feed import feed_of, read_entries
from factscape.web.publishing.folder import SiteFolder
from factscape.web.publishing.inputs import hash_of_inputs
from factscape.web.publishing.making import Maker, as_json, files_of
from factscape.web.publishing.naming import THING, Target, file_of
from factscape.web.publishing.release import Canonical, as_trig, canonical_form, packed
from factscape.web.publishing.searching import figures_script, names_script
from factscape.web.publishing.sitemap import robots_file, sitemaps
from factscape.web.publishing.statics import static_file
from factscape.web.publishing.views import SiteViews
from factscape.web.rendering import LANGUAGES

__all__ = ["Published", "publish"]

Progress = Callable[[str, int, int], None]
"""Is told what is being done, and how many of how many are done."""

_PAGES = ("home", "about", "query", "search")
"""What is written in any case; what these lead to is written too."""
_NQUADS, _TRIG = "data/facts.nq.gz", "data/facts.trig.gz"


def _say_nothing(what: str, done: int, all: int) -> None:
    pass


@dataclass(frozen=True)
class Published:
    """What publishing did."""

    pages: int
    """Of them, each language counts."""
    files: int
    written: int
    unchanged: int
    removed: int
    bytes: int
    """Of all files together."""
    statements: int
    hash: str | None
    """SHA-256 of the canonical form (RDFC-1.0); None where blank nodes could not be named in time."""
    sitemap: bool

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)


def publish(
    folder: Path,
    facts_paths: Sequence[str] | None = None,
    *,
    base_url: str | None = None,
    force: bool = False,
    progress: Progress = _say_nothing,
) -> Published:
    """Write the explorer into a folder, as pages that need no server.

    What has not changed is not written again, and what is gone is removed; files of others stay.
    `base_url` is where the site will be on the web, if that is known.

    Raises MisuseError for a folder that holds other things (`force` writes among them) and for a
    wrong address, PublishError where the folder cannot be written, and what `open_facts` raises.
    """
    base, site = _checked(base_url), SiteFolder(Path(folder), force=force)
    # Facts that cannot be read leave everything as it was.
    with SiteFacts(open_facts(facts_paths)) as facts, site:
        return _Publishing(site, facts, base, progress).run(facts_paths)


def _checked(base_url: str | None) -> str | None:
    if base_url is None:
        return None
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise MisuseError(
            f"{base_url!r} is no address of a site", hint="https://example.org/facts/ is one"
        )
    return base_url if base_url.endswith("/") else base_url + "/"


class _Publishing:
    """One run: what is being published, where to, and what came of it so far."""

    def __init__(
        self, site: SiteFolder, facts: SiteFacts, base_url: str | None, progress: Progress
    ) -> None:
        self._site = site
        self._facts = facts
        self._base_url = base_url
        self._progress = progress
        self._statics: set[str] = set()
        self._pages: set[str] = set()

    def run(self, paths: Sequence[str] | None) -> Published:
        """Write everything, then remove what is gone; nothing where all is as it was."""
        inputs = hash_of_inputs(self._facts, self._base_url)
        if inputs and (kept := self._site.kept(inputs)):
            return Published(written=0, unchanged=kept["site"]["files"], removed=0, **kept["site"])
        self._progress("data", 0, 1)
        release = canonical_form(self._facts.store.quads())
        about = read_about(self._facts, release.hash)
        self._write(self._data_files(release))
        told = self._told_of(release, about)
        self._write({"release.json": as_json(told)})
        self._write_pages(told, paths)
        self._write_statics(release)
        self._write(self._files_beside(about))
        whole = self._counted(release)
        # Blank nodes that could not be named in time may be on a faster day.
        made = {"inputs": inputs, "site": whole} if inputs and release.hash else None
        removed = self._site.finish(made)
        written = sum(change.written for change in self._site.changes)
        unchanged = whole["files"] - written
        return Published(written=written, unchanged=unchanged, removed=removed, **whole)

    def _write(self, files: Mapping[str, bytes]) -> None:
        self._site.begin(files)
        for path, data in files.items():
            self._site.write(path, data)

    def _data_files(self, release: Canonical) -> dict[str, bytes]:
        """Return the data to take away."""
        trig = as_trig(release.nquads, self._facts.prefixes)
        return {_NQUADS: packed(release.nquads), _TRIG: packed(trig)}

    def _told_of(self, release: Canonical, about: About) -> dict[str, Any]:
        """Return what describes the release, for programs and for the page about it."""
        counted = overview(self._facts.store)
        return {
            **about.as_dict(),
            "statements": release.count,
            "things": counted.things,
            "sources": counted.sources,
            "passages": counted.passages,
            "files": [_NQUADS, _TRIG],
        }

    def _write_pages(self, told: Mapping[str, Any], paths: Sequence[str] | None) -> None:
        """Write the pages, and those that they link to, until nothing new is linked."""
        views = SiteViews(self._facts)
        maker = Maker(self._facts, views, self._base_url, told)
        waiting = {Target(THING, iri) for iri in self._facts.own}
        waiting |= {Target(name) for name in _PAGES}
        waiting |= set(views.targets())
        done: set[Target] = set()
        made = 0
        with Crew(maker, self._site.root, self._job(paths, views)) as crew:
            while waiting:
                targets = sorted(waiting)
                self._site.begin(path for target in targets for path in files_of(target))
                done |= waiting
                waiting = set()
                for number, (changes, wanted, statics) in crew.make(targets):
                    for change in changes:
                        self._site.note(change)
                    waiting |= wanted - done
                    self._statics |= statics
                    made += number
                    self._progress("pages", made, len(done))
        self._pages = {file_of(target, lang) for target in done for lang in LANGUAGES}

    def _job(self, paths: Sequence[str] | None, views: SiteViews) -> dict[str, Any] | None:
        """Return what other processes need to know; None where they cannot read the same facts."""
        if self._facts.state is None:
            return None
        return {
            "facts": paths,
            "state": self._facts.state,
            "root": str(self._site.root),
            "base_url": self._base_url,
            "views": views.of,
        }

    def _write_statics(self, release: Canonical) -> None:
        """Write what pages load: files of the explorer, and what a server would have answered."""
        facts = self._facts
        own = {
            "names.js": names_script(facts.names, facts.reader.label, facts.prefixes, self._pages),
            "figures.js": figures_script(facts, self._pages),
            "facts.js": facts_script(release.nquads),
            "library.js": library_script(facts),
            "oxigraph.js": oxigraph_script(),
        }
        files = own | {name: static_file(name) for name in sorted(self._statics)}
        self._write({f"static/{name}": data for name, data in files.items()})

    def _files_beside(self, about: About) -> dict[str, bytes]:
        """Return what stands beside the pages, for other programs than browsers."""
        base = self._base_url
        title = about.title or "Factscape"
        files = {
            "feed.xml": feed_of(read_entries(self._facts), title, base),
            "CITATION.cff": citation_file(about, base),
            "robots.txt": robots_file(base),
        }
        return files | (dict(sitemaps(base, self._pages)) if base else {})

    def _counted(self, release: Canonical) -> dict[str, Any]:
        """Return what `Published` says of the site as a whole."""
        changes = self._site.changes
        return {
            "pages": len(self._pages),
            "files": len(changes),
            "bytes": sum(change.size for change in changes),
            "statements": release.count,
            "hash": release.hash,
            "sitemap": self._base_url is not None,
        }
