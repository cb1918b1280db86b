"""Shellgame's engine as the harness sees it. The one place to change when the engine's own face changes.

The engine offers `compare_names`, `compare` and `build` by itself (see `engine.py`), so this only finds it.
"""

from __future__ import annotations

from importlib import import_module

from bench.matching.engine import Engine

PLACES = ("shellgame.match.engine:Engine",)
"""Where the engine may be, `module:factory`."""


def engine() -> Engine:
    """Make the engine.

    Raises:
        ImportError: It is not there yet; says where it is looked for.
    """
    for place in PLACES:
        module, _, factory = place.partition(":")
        try:
            made: Engine = getattr(import_module(module), factory)()
        except ImportError:
            continue
        return made
    raise ImportError(f"no engine at {' or '.join(PLACES)} yet; `--engine ours-first` is the present matcher")
