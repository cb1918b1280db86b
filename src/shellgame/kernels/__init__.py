"""Compiled functions over arrays; each has a plain twin in `tests/kernels` that says the same in readable Python.

Machine code is kept between runs, in a folder named after everything that it was made from: the compiler of itself only notices a
change in the very file of a function, not in what that function calls.
"""

from __future__ import annotations

import os
import tempfile
from hashlib import blake2b
from pathlib import Path

import numba


def _keep_machine_code() -> None:
    if os.environ.get("NUMBA_CACHE_DIR"):
        return
    here = Path(__file__).parent
    sources = [*sorted(here.glob("*.py")), here.parent / "names" / "sounds.py", here.parent / "names" / "token.py"]
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
    numba.config.CACHE_DIR = str(folder)


_keep_machine_code()
