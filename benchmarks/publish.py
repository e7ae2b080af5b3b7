"""Time the publishing of a large site to an object store on this machine, and count what it asks for.

``python benchmarks/publish.py [--articles 1080] [--rounds 5]``

A proxy stands before the store and counts. The site is built and published once; then the plan of the
unchanged site is timed as a whole command, and one article is changed, built and published.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import boto3
from corpus import Shape, write_corpus
from measuring import Taken, run

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from storage_kit import KEYS, Between, between, object_store

PROGRAM = str(Path(sys.executable).with_name("timeline-gen"))
BUCKET = "the-site"


def target(store: str) -> str:
    """Return the lines of ``site.yaml`` that name the bucket in *store*."""
    return f"publish:\n  production: {{to: s3, bucket: {BUCKET}, endpoint: '{store}', region: us-east-1}}\n"


def timed(site: Path, *command: str) -> Taken:
    """Return what the *command* took for the *site*."""
    return run((PROGRAM, *command, "--quiet"), site, KEYS)


def asked(proxy: Between) -> str:
    """Return what was asked of the store since the last time, by method; forget it."""
    ours = Counter(
        f"{one.split()[0]} of {'our own' if '.timeline-gen' in one else 'the site'}" for one in proxy.requests
    )
    proxy.requests.clear()
    return ", ".join(f"{count} {name}" for name, count in sorted(ours.items())) or "nothing"


def one_word(site: Path) -> None:
    """Change one word of one article's body."""
    article = sorted((site / "content" / "articles").iterdir())[5]
    article.write_text(f"{article.read_text('utf-8')}\nAnd another word.\n", "utf-8")


def measured(site: Path, store: str, rounds: int) -> Iterator[str]:
    """Yield the lines of the report on the *site*, published to the *store*."""
    settings = (site / "site.yaml").read_text("utf-8")
    (site / "site.yaml").write_text(settings + target(store), "utf-8")
    timed(site, "build")
    files = sum(path.is_file() for path in (site / "output").rglob("*"))
    first = timed(site, "publish", "--yes", "--allow", "deletions")
    yield f"{files:,} files; {rounds} rounds on {os.cpu_count()} cores\n"
    yield "| case | seconds (median) | from | to | processor seconds | asked of the store |"
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    yield row("published for the first time, read back", [first], "")
    with between(store) as proxy:
        (site / "site.yaml").write_text(settings + target(proxy.address), "utf-8")
        timed(site, "build")
        timed(site, "publish", "--yes")  # so that the check of this site is remembered
        proxy.requests.clear()
        plans = [timed(site, "publish", "--dry-run") for _ in range(rounds)]
        del proxy.requests[: len(proxy.requests) * (rounds - 1) // rounds]
        yield row("planned, unchanged", plans, asked(proxy))
        one_word(site)
        timed(site, "build")
        yield row(
            "one article changed, published, read back", [timed(site, "publish", "--yes")], asked(proxy)
        )


def row(name: str, taken: list[Taken], asked_for: str) -> str:
    """Return a row of the table."""
    seconds = [each.seconds for each in taken]
    spread = f"{median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f}"
    return f"| {name} | {spread} | {median(each.work for each in taken):.2f} | {asked_for} |"


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1080)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="timeline-publish-") as folder, object_store() as store:
        site = Path(folder) / "site"
        write_corpus(site, Shape(articles=options.articles, words=100))
        boto3.client(
            "s3",
            endpoint_url=store,
            region_name="us-east-1",
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        ).create_bucket(Bucket=BUCKET)
        for line in measured(site, store, options.rounds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
