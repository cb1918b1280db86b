"""How kernels are compiled: machine code is kept between runs, runs without the interpreter's lock, and is never made at import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

_UNCOUNTED: dict[str, Any] = {"_nrt": False}
"""Nobody counts who holds an array, which would cost twice the time of most kernels. Not among Numba's documented options: look
here first when a new version of it complains."""
_Function = TypeVar("_Function", bound=Callable[..., Any])


def kernel(function: _Function) -> _Function:
    """Compile a kernel that sets memory aside."""
    compiled: _Function = njit(cache=True, nogil=True)(function)
    return compiled


def leaf(function: _Function) -> _Function:
    """Compile a kernel that sets no memory aside."""
    compiled: _Function = njit(cache=True, nogil=True, **_UNCOUNTED)(function)
    return compiled


def inlined(function: _Function) -> _Function:
    """Compile a kernel into those that call it: for the few lines of an inner loop."""
    compiled: _Function = njit(cache=True, nogil=True, forceinline=True, **_UNCOUNTED)(function)
    return compiled


def spliced(function: _Function) -> _Function:
    """Compile a kernel that gives a part of an array: written out in those that call it, nobody need count who holds that part."""
    compiled: _Function = njit(cache=True, nogil=True, inline="always")(function)
    return compiled
