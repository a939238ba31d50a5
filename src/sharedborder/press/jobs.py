"""The executions that a plan asks for, and whether each has to run."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sharedborder.press import fingerprint
from sharedborder.press.folders import Folders
from sharedborder.press.plan import Page


@dataclass(frozen=True)
class Job:
    """One execution: a page, the folder the kernel works in, the result's place and fingerprint."""

    page: Page
    folder: Path
    target: Path
    fingerprint: str

    @property
    def name(self) -> str:
        return f"{self.page.name} ({self.page.edition})"


def jobs_for(pages: Iterable[Page], folders: Folders) -> list[Job]:
    """Return one job for each page that is made, stale or not."""
    shared = fingerprint.shared_digest(folders)
    return [
        Job(
            page,
            folders.root,
            folders.executed(page.edition, page.name),
            fingerprint.page_fingerprint(page, shared),
        )
        for page in pages
        if page.made
    ]


def state(job: Job) -> str:
    """Return "ready", or in words why a job has to run."""
    record = job.target.with_suffix(".json")
    if not job.target.exists() or not record.exists():
        return "never executed"
    kept = json.loads(record.read_text("utf-8"))
    if kept["fingerprint"] != job.fingerprint:
        return "notebook, parameters, code or data changed"
    return "ready" if kept["sha256"] == fingerprint.file_digest(job.target) else "its kept result is damaged"
