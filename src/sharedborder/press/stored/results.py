"""Which results still hold, why the others do not, and the executed notebooks as they stand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sharedborder.press import fingerprint
from sharedborder.press.files import write_whole
from sharedborder.press.folders import Folders
from sharedborder.press.handed import Handed
from sharedborder.press.kernels.execution import Executed
from sharedborder.press.plan import Page, read_plan
from sharedborder.press.recipes.jobs import Job, jobs_for
from sharedborder.press.recipes.memo import Memo
from sharedborder.press.recipes.reads import Replays, told
from sharedborder.press.recipes.recipe import Recipe, differences
from sharedborder.press.stored.store import DamagedError, Store, Trace

READY = "ready"
PROSE = "prose changed (no run needed)"
DAMAGED = "its kept result is damaged"
GONE = "its kept result is gone"
NEVER = "never executed"


@dataclass(frozen=True)
class Found:
    """A job's state in words, and the result that holds for it (None: it has to run)."""

    state: str
    trace: Trace | None


class Results:
    """What was executed before, looked at for one build."""

    def __init__(self, folders: Folders, handed: Handed) -> None:
        self.folders = folders
        self.store = Store(folders.store)
        self.data = fingerprint.data_digest(folders.data)
        stamp = fingerprint.digest([fingerprint.code_digest("press", "records"), fingerprint.python()])
        self.memo = Memo(folders.store / "memo.json", stamp)
        self.grown = False
        self.replays = Replays(handed.grounds, handed.replay, self.memo)

    def jobs(self, pages: Sequence[Page]) -> list[Job]:
        """Return the executions that pages ask for."""
        return jobs_for(pages, self.folders, self.memo)

    def find(self, job: Job) -> Found:
        """Look for a result that was made by the job's recipe and read what would be read now."""
        traces, damaged = self.store.known(job.recipe.digest)
        for trace in traces:
            if not self.replays.changed(trace.reads):
                try:
                    self.store.content(trace)
                except DamagedError:
                    damaged = True
                    continue
                return Found(PROSE if self._other_prose(job) else READY, trace)
        return Found(self._why(job, traces, damaged), None)

    def keep(self, job: Job, executed: Executed) -> Trace:
        """Keep what a job gave."""
        from sharedborder.press.stored import assembly

        content = assembly.code_only(executed.notebook)
        self.grown = True
        trace = self.store.keep(job.recipe.digest, content, executed.reads)
        if fingerprint.data_digest(self.folders.data) == self.data:
            self.replays.learn(trace.reads)
        return trace

    def place(self, job: Job, trace: Trace) -> None:
        """Join a result to the notebook's prose as it is now, at the job's target, and record what stands."""
        from sharedborder.press.stored import assembly

        self.store.touch(trace)
        fingerprint_now = fingerprint.digest([trace.object, job.prose])
        record = record_of(job)
        same = (record.get("fingerprint"), record.get("trace")) == (fingerprint_now, trace.name)
        if same and _untouched(job, record):
            return
        text = assembly.joined(job.page.notebook, self.store.content(trace))
        write_whole(job.target, text)
        about = {
            "fingerprint": fingerprint_now,
            "sha256": fingerprint.file_digest(job.target),
            "trace": trace.name,
            "prose": job.prose,
            "recipe": job.recipe.record,
        }
        write_whole(job.target.with_suffix(".json"), json.dumps(about, ensure_ascii=False))

    def prune(self) -> None:
        """Keep the store within its bounds.

        The results of all pages as they stand are in use, those of other editions too.
        """
        if self.grown and self.store.full:
            records = (self.folders.build / "executed").rglob("*.json")
            self.store.prune({str(_load(path).get("trace")) for path in records})

    def _other_prose(self, job: Job) -> bool:
        return bool(record_of(job).get("prose", job.prose) != job.prose)

    def _why(self, job: Job, traces: Sequence[Trace], damaged: bool) -> str:
        if damaged:
            return DAMAGED
        if traces:
            return told(self.replays.changed(traces[0].reads))
        record = record_of(job)
        if not record:
            return NEVER
        return differences(Recipe.of(record["recipe"]), job.recipe) or GONE


def record_of(job: Job) -> Mapping[str, Any]:
    """Return the record of what stands at a job's target; nothing if there is none, or it is damaged."""
    record = _load(job.target.with_suffix(".json"))
    try:
        Recipe.of(record["recipe"])
    except (KeyError, TypeError):
        return {}
    return record


def _load(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def stands(job: Job) -> bool:
    """Whether there is a page at a job's target, as it was placed, of whatever state of the project."""
    record = record_of(job)
    return bool(record) and _untouched(job, record)


def _untouched(job: Job, record: Mapping[str, Any]) -> bool:
    return job.target.exists() and bool(fingerprint.file_digest(job.target) == record["sha256"])


def states(folders: Folders, handed: Handed) -> list[tuple[Page, str]]:
    """Return every page with its state in words, without building anything."""
    plan = read_plan(folders.chapters, handed.releases)
    results = Results(folders, handed)
    found = {(job.page.edition, job.page.name): results.find(job) for job in results.jobs(plan.pages)}
    results.memo.save()
    return [
        (
            page,
            found[page.edition, page.name].state
            if page.made
            else f"not made: no release of {', '.join(page.missing)}",
        )
        for page in plan.pages
    ]
