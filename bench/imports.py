"""Import every official list that lies beside the repository, then uncover a name in a fresh process: `python bench/imports.py`.

Prints seconds, processor seconds and counts of each list, read and stored; then what the whole main job takes, cold.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import shellgame as sg
from shellgame.errors import ShellgameError

DATA = Path(__file__).parents[2] / "shared/data"
LISTS = [
    ("us_ofac_sdn", "ofac-20231228", "2023-12-28"),
    ("us_ofac_sdn", "ofac-history/sdn_20240503T1843Z.csv", "2024-05-03T18:43Z"),
    ("us_ofac_cons", "ofac-xml/cons_advanced.xml", None),
    ("us_ofac_cons", "ofac-xml/CONS_ENHANCED.XML", None),
    ("us_ofac_cons", "ofac-xml/cons_sdn_schema_20250328.xml", None),
    ("us_trade_csl", "us-csl/consolidated.csv", "2022-04-21"),
    ("un_sc_sanctions", "un/un_20260227.xml", None),
    ("ca_dfatd_sema_sanctions", "canada-sema/sema-lmes_202004.xml", "2020-04-15"),
    ("ca_dfatd_sema_sanctions", "canada-sema/sema-lmes_2025.xml", "2025-03-15"),
    ("gb_hmt_sanctions", "uk-ofsi/sanctionsconlist.csv", None),
    ("au_dfat_sanctions", "australia-dfat/regulation8_consolidated_202412.xlsx", "2024-11-30"),
    ("eu_journal_sanctions", "eu-journal/consolidated", "2026-07-01"),
    ("ua_war_sanctions", "opensanctions/ua_war_sanctions_targets.simple_20260313.csv", "2026-03-13"),
    ("zala", "opensanctions/zala_entities.ftm.json", "2026-03-13"),
]


def main() -> None:
    print(f"{platform.platform()}, Python {platform.python_version()}")
    with TemporaryDirectory() as name:
        ws = sg.open(Path(name) / "ws")
        for source, path, as_of in LISTS:
            start, cpu = time.perf_counter(), time.process_time()
            try:
                version = ws.add(source, DATA / path, as_of)
            except ShellgameError as error:
                print(f"{source:24} refused: {error}")
                continue
            spent, used = time.perf_counter() - start, time.process_time() - cpu
            counted = ", ".join(f"{count} {what}" for what, count in version.counts.items())
            print(
                f"{source:24} {version.format:16} {spent:5.1f} s {used:5.1f} s cpu {version.claims:7} claims; {counted}"
            )
        for attempt in ("first", "again"):
            start = time.perf_counter()
            command = [
                sys.executable,
                "-c",
                "from shellgame.cli.main import run; run()",
                "uncover",
                "black shield",
                "--json",
            ]
            answer = subprocess.run(
                [*command, "-w", str(ws.folder), "--into", f"{name}/dossier"], capture_output=True, text=True
            )
            spent = time.perf_counter() - start
            print(f"uncover 'black shield', fresh process, {attempt}: {spent:.1f} s, exit code {answer.returncode}")


if __name__ == "__main__":
    main()
