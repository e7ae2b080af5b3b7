"""Fetch the programs of ``bundles.tsv`` from npm into the folder that is named, and unpack what pages load.

They are bundles that need none of their dependencies, of which npm would install a thousand.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).parent


def main(folder: Path) -> None:
    """Put each program into *folder*, unless the same version of it is there already."""
    with (HERE / "bundles.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            target = folder / row["name"].strip("@").replace("/", "-")
            stamp = target / "integrity"
            if not stamp.exists() or stamp.read_text("utf-8") != row["integrity"]:
                unpack(fetch(f"{row['name']}@{row['version']}", row["integrity"], folder), target)
                stamp.write_text(row["integrity"], "utf-8")


def fetch(package: str, integrity: str, folder: Path) -> Path:
    """Return the archive of *package* in *folder*; stop where it is not the one whose hash is known."""
    command = ["npm", "pack", package, "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    archive = folder / done.stdout.strip().splitlines()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != integrity:
        sys.exit(f"{package} is not what it was: its hash is sha512-{digest}")
    return archive


def unpack(archive: Path, target: Path) -> None:
    """Unpack scripts and schemas of *archive* into *target*."""
    with tarfile.open(archive) as tar:
        members = [each for each in tar.getmembers() if each.name.endswith((".js", ".json"))]
        tar.extractall(target, members, filter="data")
    archive.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
