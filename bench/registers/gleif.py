"""How fast a file of GLEIF's shape is imported: `python -m bench.registers.gleif MIB [FOLDER]`.

The file is made up (`shellgame.testing.gleif`) and removed afterwards, as is the workspace.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.registers.measuring import measure

from shellgame.testing.gleif import write


def main(mib: float, folder: str | None = None) -> None:
    """Measure and print as JSON."""
    with TemporaryDirectory(dir=folder) as name:
        file = Path(name) / "lei.xml"
        records = write(file, mib)
        print(json.dumps(measure("gleif", file, records, Path(name) / "ws"), indent=1))


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
