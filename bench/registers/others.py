"""How fast the other registers are imported: `python -m bench.registers.others SOURCE MIB [FOLDER]`.

SOURCE is `gb_coh_psc`, `bods` or `register`. What is imported is made up (`bench.registers.invented`) and removed afterwards.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.registers.invented import WRITERS
from bench.registers.measuring import measure


def main(source: str, mib: float, folder: str | None = None) -> None:
    """Measure and print as JSON."""
    with TemporaryDirectory(dir=folder) as name:
        path = Path(name) / "publication"
        path.mkdir()
        records = WRITERS[source](path, mib)
        print(json.dumps(measure(source, path, records, Path(name) / "ws"), indent=1))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), *sys.argv[3:])
