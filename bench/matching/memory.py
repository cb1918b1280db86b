"""How much memory something takes, looked at while it runs."""

from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Peak:
    """The most that was seen.

    Attributes:
        mib: Largest resident size while watched, in MiB, of the whole process.
    """

    mib = 0.0


def resident() -> float:
    """Resident memory of this process now, in MiB; its largest so far where the system does not tell."""
    told = Path("/proc/self/statm")
    if told.exists():
        return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


@contextmanager
def peak_above() -> Iterator[Peak]:
    """Watch resident memory every twentieth of a second."""
    peak, done = Peak(), threading.Event()

    def watch() -> None:
        while not done.is_set():
            peak.mib = max(peak.mib, resident())
            time.sleep(0.05)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        peak.mib = max(peak.mib, resident())
        done.set()
        thread.join()
