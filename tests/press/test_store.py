"""The store of results: by content, bounded, unharmed by damage, kills, and several builds at once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sharedborder.press.stored.store import RECENT, DamagedError, Store, Trace

ENTRY = {"call": "read", "table": "t", "as_of": None, "where": None, "columns": None}


def log(*digests: str) -> str:
    return "".join(json.dumps(ENTRY | {"digest": digest}) + "\n" for digest in digests)


def aged(store: Store, trace: Trace, seconds: float) -> None:
    for path in (store.traces / trace.recipe / trace.name, store.objects / trace.object[:2] / trace.object):
        os.utime(path, (time.time() - seconds,) * 2)


def files(store: Store) -> int:
    return sum(path.is_file() for folder in (store.objects, store.traces) for path in folder.rglob("*"))


def test_a_result_is_found_by_its_recipe(tmp_path: Path) -> None:
    store = Store(tmp_path)
    trace = store.keep("recipe", "content é", log("a", "b", "a"))
    assert Store(tmp_path).known("recipe") == ([trace], False)
    assert [entry["digest"] for entry in trace.reads] == ["a", "b"]
    assert store.content(trace) == "content é"
    assert store.known("other") == ([], False)


def test_one_recipe_has_a_result_for_each_state_of_the_ledger(tmp_path: Path) -> None:
    store = Store(tmp_path)
    one, two = store.keep("recipe", "one", log("a")), store.keep("recipe", "two", log("b"))
    aged(store, one, 10)
    assert store.known("recipe")[0] == [two, one]
    aged(store, two, 20)
    assert store.known("recipe")[0] == [one, two]
    store.touch(two)
    assert store.known("recipe")[0] == [two, one]


def test_equal_contents_are_kept_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep("one", "content", log("a"))
    store.keep("two", "content", log("a"))
    assert files(store) == 3


@pytest.mark.parametrize("damage", [b"", b"other", None])
def test_a_damaged_object_is_noticed_and_kept_anew(tmp_path: Path, damage: bytes | None) -> None:
    store = Store(tmp_path)
    trace = store.keep("recipe", "content", log("a"))
    path = store.objects / trace.object[:2] / trace.object
    path.write_bytes(damage) if damage is not None else path.unlink()
    with pytest.raises(DamagedError):
        store.content(trace)
    assert store.keep("recipe", "content", log("a")) == trace
    assert store.content(trace) == "content"


@pytest.mark.parametrize("damage", [b"", b"{}"])
def test_a_damaged_trace_is_told_and_goes_when_the_store_is_pruned(tmp_path: Path, damage: bytes) -> None:
    store = Store(tmp_path)
    trace = store.keep("recipe", "content", log("a"))
    (store.traces / "recipe" / trace.name).write_bytes(damage)
    assert store.known("recipe") == ([], True)
    store.prune([])
    assert store.known("recipe") == ([], False)


def test_the_last_used_stay_within_the_bounds(tmp_path: Path) -> None:
    store = Store(tmp_path, most_bytes=250)
    traces = [store.keep(f"recipe{n}", str(n) * 100, log("a")) for n in range(5)]
    for n, trace in enumerate(traces):
        aged(store, trace, RECENT + 100 - n)
    store.touch(traces[1])
    assert store.prune([traces[0].name]) == 3
    assert [bool(store.known(trace.recipe)[0]) for trace in traces] == [True, True, False, False, False]
    assert store.content(traces[0]) == "0" * 100
    assert files(store) == 4, "two traces, two objects"


@pytest.mark.parametrize(
    ("bounds", "full"), [({}, False), ({"most_bytes": 1}, True), ({"most_traces": 2}, True)]
)
def test_a_store_beyond_one_of_its_bounds_is_full(tmp_path: Path, bounds: dict[str, int], full: bool) -> None:
    store = Store(tmp_path, **bounds)
    for n in range(3):
        store.keep(f"recipe{n}", str(n), log("a"))
    assert store.full == full


def test_what_was_used_a_moment_ago_stays(tmp_path: Path) -> None:
    store = Store(tmp_path, most_bytes=1, most_traces=1)
    traces = [store.keep(f"recipe{n}", str(n), log("a")) for n in range(3)]
    assert store.prune([]) == 0
    aged(store, traces[1], 2 * RECENT)
    assert store.prune([]) == 1
    assert store.known("recipe1") == ([], False)


def test_what_the_plan_uses_stays_even_beyond_the_bounds(tmp_path: Path) -> None:
    store = Store(tmp_path, most_bytes=1, most_traces=1)
    traces = [store.keep(f"recipe{n}", str(n) * 100, log("a")) for n in range(3)]
    for trace in traces:
        aged(store, trace, 2 * RECENT)
    assert store.prune([trace.name for trace in traces]) == 0
    assert [store.content(trace) for trace in traces] == [str(n) * 100 for n in range(3)]


def test_an_object_goes_with_the_last_trace_that_points_to_it(tmp_path: Path) -> None:
    store = Store(tmp_path, most_traces=1)
    one, two = store.keep("one", "content", log("a")), store.keep("two", "content", log("a"))
    aged(store, one, 2 * RECENT)
    store.prune([two.name])
    assert store.known("one") == ([], False)
    assert store.content(two) == "content"
    assert store.content(one) == "content"


def test_what_a_killed_build_left_goes_after_a_while(tmp_path: Path) -> None:
    store = Store(tmp_path)
    trace = store.keep("recipe", "content", log("a"))
    (store.traces / "recipe" / trace.name).unlink()
    half = store.objects / trace.object[:2] / f".{trace.object}.x"
    half.write_bytes(b"con")
    store.prune([])
    assert files(store) == 2, "another build may be about to use them"
    old = time.time() - RECENT - 1
    for path in (half, half.with_name(trace.object)):
        os.utime(path, (old, old))
    store.prune([])
    assert files(store) == 0


KEEPER = """
import json, sys, time
from pathlib import Path
from sharedborder.press.stored.store import DamagedError, Store
folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
store = Store(folder, most_bytes=300_000, recent=0.5)
entry = {"call": "read", "table": "t", "digest": "a"}
print("ready", flush=True)
end, n, pruned = time.monotonic() + seconds, 0, 0
while time.monotonic() < end:
    n += 1
    start = time.monotonic()
    trace = store.keep(f"recipe{n}", f"content of recipe{n} " + "x" * 20_000, json.dumps(entry))
    if n % 20 == 0:
        pruned += store.prune([])
    try:
        assert store.content(trace).startswith(f"content of recipe{n} ")
        assert trace in store.known(f"recipe{n}")[0]
    except (AssertionError, DamagedError):
        if time.monotonic() - start < 0.4:  # later, another may have removed it
            raise
print(pruned, flush=True)
"""


def keeper(folder: Path, seconds: float) -> "subprocess.Popen[str]":
    """Start a process that keeps one result after the other, and prunes; it has begun."""
    command = [sys.executable, "-c", KEEPER, str(folder), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    return process


def whole_entries(store: Store) -> int:
    """Every entry is what it was when it was kept; returns how many there are."""
    recipes = [path.name for path in store.traces.glob("recipe*")]
    held = 0
    for recipe in recipes:
        traces, damaged = store.known(recipe)
        assert not damaged
        for trace in traces:
            assert store.content(trace) == f"content of {recipe} " + "x" * 20_000
            held += 1
    return held


def test_a_kill_at_any_moment_leaves_only_whole_entries(tmp_path: Path) -> None:
    moments = random.Random(5)
    for _ in range(12):
        process = keeper(tmp_path, 60)
        time.sleep(moments.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        whole_entries(Store(tmp_path))
    assert whole_entries(Store(tmp_path)) > 0
    assert Store(tmp_path).prune([]) == 0, "no killed build holds the lock"


def test_two_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    pruned = 0
    for process in [keeper(tmp_path, 2) for _ in range(2)]:
        said, fault = process.communicate()
        assert process.returncode == 0, fault
        pruned += int(said)
    assert pruned > 0
    assert whole_entries(Store(tmp_path)) > 0
