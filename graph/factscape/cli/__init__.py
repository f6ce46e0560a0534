"""The command line: parse, call one operation, print.

`main` is the only place where an error becomes a message and an exit status:
0 fine, 1 found problems or failed, 2 the call is wrong, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import atexit
import errno
import gc
import io
import json
import os
import sys
from collections.abc import Sequence

from factscape.errors import FactscapeError, MisuseError

__all__ = ["main"]

_STOPPED = 130
_CLOSED_PIPE = 141  # what shells report for a program that a closed pipe ended

# A command makes tens of thousands of objects that stay until it ends: looking through them for
# garbage after every 700, as Python does, takes a twentieth of a lookup.
_OBJECTS = 50_000


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line with `args`, by default those of this process; return its status."""
    args = list(sys.argv[1:] if args is None else args)
    _prepare_streams()
    gc.set_threshold(_OBJECTS)
    # All that is there at the end goes with the process: nobody need look through it for garbage.
    atexit.register(gc.freeze)
    try:
        status = _run(args)
        sys.stdout.flush()
        return status
    except FactscapeError as error:
        return _report(error, args)
    except KeyboardInterrupt:
        return _stop()
    except BrokenPipeError:
        return _hang_up()
    except OSError as error:
        return _disk_full() if error.errno == errno.ENOSPC else _report_bug(error)
    except Exception as error:  # noqa: BLE001 - a crash becomes a message here, and only here
        return _report_bug(error)


def _run(args: list[str]) -> int:
    import click

    from factscape.cli.app import app

    if "_FACTSCAPE_COMPLETE" in os.environ:
        app(prog_name="factscape")  # a shell asks for completions: click answers and exits
    try:
        # Not app.main, which deals with closed pipes and Ctrl-C in its own way.
        with app.make_context("factscape", args.copy()) as context:
            app.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        raise MisuseError(error.format_message(), hint=_usage(error)) from error
    return 0


def _usage(error: Exception) -> str:
    import click

    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"see: {context.command_path if context else 'factscape'} --help"


def _report(error: FactscapeError, args: list[str]) -> int:
    from factscape.cli.output import say

    if "--json" in args:
        print(json.dumps(error.as_dict(), ensure_ascii=False, sort_keys=True), file=sys.stderr)
    else:
        say(str(error))
    return error.exit_status


def _report_bug(error: Exception) -> int:
    if os.environ.get("FACTSCAPE_DEBUG"):
        raise error
    print(
        f"this is a bug in Factscape, not in what you typed: {type(error).__name__}: {error}\n"
        "  run it again with FACTSCAPE_DEBUG=1 and send what it prints to the project's issues",
        file=sys.stderr,
    )
    return 1


def _stop() -> int:
    """Say that Ctrl-C was pressed, and see to it that Python ends with the status returned."""
    # Python notes a Ctrl-C that went through an exec(), as dataclasses use it while a module is
    # imported, and under -m ends by that signal though it was caught. Another exec() forgets it.
    exec("")
    print("stopped", file=sys.stderr)
    return _STOPPED


def _prepare_streams() -> None:
    """Let a text that the locale cannot show be printed as escapes, and a closed stream be none."""
    # Started with `>&-`, a process has no standard output: what is printed goes nowhere.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _hang_up() -> int:
    """Leave quietly: whoever read our output has gone."""
    _drop_output()
    return _CLOSED_PIPE


def _disk_full() -> int:
    print(
        "the disk is full, so the answer is not whole\n  make room on it, or write elsewhere",
        file=sys.stderr,
    )
    _drop_output()
    return 1


def _drop_output() -> None:
    """Let what is left of the output go nowhere, or Python would flush it again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
