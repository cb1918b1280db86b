"""Compiled functions over arrays; each has a plain twin in `tests/kernels` that says the same in readable Python.

Machine code is kept between runs, in a folder named after everything that it was made from: the compiler of itself only notices a
change in the very file of a function, not in what that function calls.
"""

from __future__ import annotations

import os
import tempfile
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numba


def _machine_code() -> Path:
    """Say where machine code is kept, and see to it that it is kept there."""
    config: Any = numba.config
    if os.environ.get("NUMBA_CACHE_DIR"):
        return Path(config.CACHE_DIR)
    here = Path(__file__).parent
    names = here.parent / "names"
    sources = [*sorted(here.glob("*.py")), *(names / file for file in ("costs.py", "sounds.py", "token.py"))]
    made_from = blake2b(numba.__version__.encode(), digest_size=8)
    for source in sources:
        made_from.update(source.read_bytes())
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    try:
        folder = base / "shellgame" / f"kernels-{made_from.hexdigest()}"
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a home that nobody may write to
        folder = Path(tempfile.gettempdir()) / f"shellgame-{os.getuid()}-kernels-{made_from.hexdigest()}"
        folder.mkdir(mode=0o700, exist_ok=True)
    config.CACHE_DIR = str(folder)
    return folder


def is_compiled() -> bool:
    """Whether the machine code was made before, as far as is known; if not, a first question takes a minute."""
    return (_FOLDER / _MARK).exists()


def mark_compiled() -> None:
    """Write down that the machine code of all kernels lies in its folder."""
    (_FOLDER / _MARK).touch()


_MARK = "compiled"
_FOLDER = _machine_code()
