"""A process that compiles a folder of facts into the cache, and says what was wrong.

Standard input, in JSON: the paths, the two clocks and the cache, as `open_facts` takes them.
Standard output: `{}`, or the error.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from factscape.errors import FactscapeError
from factscape.opening import open_facts

__all__ = ["main"]


def main() -> int:
    """Compile, and say how that went."""
    # Ctrl-C reaches every process of a terminal: the server says what happens to this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked = json.load(sys.stdin)
    cache = asked.pop("cache")
    try:
        open_facts(**asked, cache=Path(cache) if cache else None).close()
    except FactscapeError as error:
        print(json.dumps(error.as_dict()))
        return 1
    print("{}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
