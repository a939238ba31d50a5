"""Takes the newest release out of a copied ledger, and really appends it again."""

import datetime
import gzip
import json
import os
import sys
from pathlib import Path

from benchmarks.measure import run
from benchmarks.subjects import ROOT, Subject


def withhold(subject: Subject) -> Path:
    """Take the newest release of the subject's table out of its ledger; return where its file is kept."""
    package = subject.folders.data / "datapackage.json"
    described = json.loads(package.read_text("utf-8"))
    of_table = [item for item in described["resources"] if item["table"] == subject.released]
    newest = max(of_table, key=lambda item: str(item["published"]))
    described["resources"].remove(newest)
    file = subject.folders.data / str(newest["path"])
    kept: Path = subject.root / "withheld" / file.name
    kept.parent.mkdir(exist_ok=True)
    file.replace(kept)
    package.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return kept


def give_back(subject: Subject, kept: Path) -> None:
    """Append a withheld release as `sharedborder ingest` does: checked against the contract."""
    command = [sys.executable, "-m", "benchmarks.releases", subject.released, str(kept)]
    run(command, ROOT, {"SHAREDBORDER_DATA": str(subject.folders.data)})


def append(table: str, kept: Path) -> None:
    """Append a release's file to the ledger that SHAREDBORDER_DATA names; its day is the file's name."""
    from sharedborder.records import appending, files
    from sharedborder.records.schemas import schema

    content = gzip.decompress(kept.read_bytes()) if kept.suffix == ".gz" else kept.read_bytes()
    day = datetime.date.fromisoformat(kept.name.partition(".")[0])
    written = appending.append({table: files.parse(content, schema(table))}, day)
    if written != [table]:
        raise SystemExit(f"{table} {day} was there already in {os.environ['SHAREDBORDER_DATA']}")


if __name__ == "__main__":
    append(sys.argv[1], Path(sys.argv[2]))
