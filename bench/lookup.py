"""`factscape lookup` as a fresh process, beside a Python that does nothing; and in a large folder.

The large folder holds the bundled facts and so many quads of an invented industry beside them:
the card is the same, whatever else there is. All run in an environment as users have it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from bench.generate import quads, write_nquads
from bench.installed import installed_python
from bench.measure import Line, interleaved_processes
from factscape.reading import facts_folder

__all__ = ["lines"]

_ROUNDS = 25
_NAME = "zhipu"
_LOOKUP = ["-m", "factscape", "lookup", _NAME]
_NOTHING = "python -c pass"
_BUNDLED = "bundled facts alone"


def lines(number: int, folder: Path, rounds: int | None = None) -> list[Line]:
    """Measure the CPU time of whole processes; all have their snapshots."""
    large = folder / "large"
    shutil.copytree(facts_folder(), large)
    write_nquads(large / "industry.nq", quads(number))
    python = installed_python(folder / "installed")
    for arguments in (_LOOKUP, [*_LOOKUP, "--facts", str(large)]):
        card = subprocess.run([python, *arguments], check=True, stdout=subprocess.PIPE).stdout
        assert b"\nFigures\n" in card
    times = interleaved_processes(
        {
            "lookup": _LOOKUP,
            _NOTHING: ["-c", "pass"],
            "large": [*_LOOKUP, "--facts", str(large)],
            _BUNDLED: _LOOKUP,
        },
        rounds or _ROUNDS,
        python,
    )
    return [
        Line.slower("lookup in the bundled facts, whole process", times, "lookup", _NOTHING, 10),
        Line.slower(f"lookup among {number:,} quads", times, "large", _BUNDLED, 1.2),
    ]
