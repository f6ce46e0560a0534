"""A process that makes pages: a line of JSON in, a line of JSON out (`crew.py` says which)."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from factscape.errors import FactscapeError
from factscape.opening import open_facts
from factscape.web.publishing.crew import read_targets, told_batch
from factscape.web.publishing.facts import SiteFacts
from factscape.web.publishing.making import Maker
from factscape.web.publishing.views import SiteViews

__all__ = ["main"]


def main() -> int:
    """Make the pages that standard input names, one batch a line; the first line says of what."""
    # Ctrl-C reaches every process of a terminal: the one that publishes says what happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lines = iter(sys.stdin)
    job = json.loads(next(lines))
    with SiteFacts(open_facts(job["facts"])) as facts:
        maker = Maker(facts, SiteViews(facts, job["views"]), job["base_url"], {})
        for line in lines:
            try:
                if facts.state != job["state"]:
                    raise FactscapeError("the facts changed while they were being published")
                told = told_batch(maker, Path(job["root"]), read_targets(line))
            except FactscapeError as error:
                told = {"error": error.message, "hint": error.hint or "publish again"}
            print(json.dumps(told), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
