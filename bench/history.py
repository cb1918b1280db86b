"""Import a whole history of a daily list, then ask any day: `python bench/history.py [ARCHIVE]`.

Prints seconds, peak memory, disk use, and the time of views, for the 308 publications of OFAC's SDN list of 2021-08 to 2024-05.
"""

from __future__ import annotations

import resource
import sys
import tarfile
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import shellgame as sg

ARCHIVE = Path(__file__).parents[2] / "shared/data/ofac-history/sdn_all_308_snapshots.tar.xz"


def main(archive: Path) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        ws = sg.open(folder / "ws")
        start, cpu = time.perf_counter(), time.process_time()
        count = 0
        with tarfile.open(archive, "r:xz") as snapshots:
            for member in snapshots:
                file = snapshots.extractfile(member)
                if file is None:
                    continue
                stamp = Path(member.name).stem.removeprefix("sdn_")
                path = folder / "sdn.csv"
                path.write_bytes(file.read())
                ws.add("us_ofac_sdn", path, f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[9:11]}:{stamp[11:13]}Z")
                count += 1
        print(
            f"{count} versions in {time.perf_counter() - start:.1f} s ({time.process_time() - cpu:.1f} s of processor)"
        )
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
        size = {
            part: sum(f.stat().st_size for f in (folder / "ws" / part).rglob("*") if f.is_file())
            for part in ("raw", "sources")
        }
        print("on disk: " + ", ".join(f"{part} {bytes_ / 2**20:.1f} MiB" for part, bytes_ in size.items()))
        for day in ("2021-09-01", "2022-12-31", "2024-05-03"):
            start = time.perf_counter()
            with ws.claims(day) as claims:
                ((records, rows),) = claims.rows("SELECT count(DISTINCT record_id), count(*) FROM claims")
            print(f"view of {day}: {records} records, {rows} claims in {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ARCHIVE)
