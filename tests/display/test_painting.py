"""Drawings and texts as data: painted and translated outside the kernel, the same, and safely."""

import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedborder.display import charts, figures, messages, painting, picture
from sharedborder.display.canvas import PIXELS, Canvas
from sharedborder.display.language import Text, plural, say, unpacked, written
from sharedborder.display.messages import LANGUAGES
from sharedborder.display.names import proper
from sharedborder.display.packing import pack_frame, unpack_frame
from sharedborder.display.painting import PAINTERS, draw, paint
from sharedborder.display.resolving import resolve

from .conftest import COMPONENTS, drawings, events, handed, total
from .test_language import WRITTEN

KERNEL = """
import sys
import pandas as pd
import IPython.display
from sharedborder.display import charts
from sharedborder.display.facts import fact, words
from sharedborder.display.figures import figure
from sharedborder.display.language import say, written
shown = []
IPython.display.display = lambda data, raw: shown.append(data)
rows = pd.DataFrame({"month": pd.to_datetime(["2023-11-01", "2023-12-01"]), "encounters": [5, 7]})
rows = rows.assign(published=pd.Timestamp("2024-01-26"))
rows.attrs = {"table": "southwest_encounters", "key": ["month"]}
fact("highest", 7, unit="encounters", rows=rows)
words("where", written("VEN, CBP One appointments", "proper"), rows=rows)
said = {"headline": say("Up"), "subtitle": say("By month"), "alt": say("Columns, {n:exact}", n=7)}
figure("monthly", charts.columns(rows, y="encounters"), rows=rows, **said)
assert len(shown) == 3
print(*sorted({name.partition(".")[0] for name in sys.modules}))
print(*(name for name in sys.modules if name.startswith("babel.messages.")))
"""


@pytest.mark.parametrize("name", drawings())
def test_a_drawing_paints_the_same_from_its_json(name: str) -> None:
    drawing = drawings()[name]()
    for language in LANGUAGES:
        for width in PIXELS:
            canvas = Canvas(language, width)
            direct = PAINTERS[drawing.chart](canvas, drawing.frame, **drawing.options).to_dict()
            assert json.dumps(draw(handed(drawing), canvas).to_dict()) == json.dumps(direct)


@pytest.mark.parametrize("name", sorted(PAINTERS))
def test_a_painter_takes_what_its_chart_declares(name: str) -> None:
    declared = list(inspect.signature(getattr(charts, name)).parameters)
    assert ["canvas", *declared] == list(inspect.signature(PAINTERS[name]).parameters)
    assert name in {drawing().chart for drawing in drawings().values()}


@pytest.mark.parametrize(("form", "value", "english", "spanish"), WRITTEN)
def test_every_form_comes_back_from_json(form: str, value: Any, english: str, spanish: str) -> None:
    for text in (written(value, form), say("{n:" + form + "}", n=value)):
        found = unpacked(json.loads(json.dumps(text.json(), allow_nan=False)))
        assert (found.en, found.es) == (english, spanish)
        assert (found.numbers, found.messages) == (text.numbers, text.messages)


def test_nested_texts_and_plurals_come_back_from_json() -> None:
    table = Text("a", "b")
    row = plural("{count:exact} row of {table}", "{count:exact} rows of {table}", 2, table=table)
    places = [written("CUB", "place"), written("HTI", "place")]
    last = written("2023-11-01", "month")
    text = say("{first} to {last} ({count:list})", first=row, last=last, count=places)
    found = unpacked(json.loads(json.dumps(text.json())))
    assert found == text
    assert found.en == "2 rows of a to November 2023 (Cuba and Haiti)"
    assert found.es == text.es == "2 rows of b to noviembre de 2023 (Cuba y Haití)"


@pytest.mark.parametrize("packed", ["text", None, {"message": "a"}, {"en": "a"}, {"__reduce__": "os.system"}])
def test_what_is_no_text_is_refused(packed: Any) -> None:
    with pytest.raises(ValueError, match="no text of a notebook"):
        unpacked(packed)


def test_columns_keep_their_types() -> None:
    frame = pd.DataFrame({
        "month": pd.to_datetime(["2023-11-01", None]),
        "count": pd.array([1, None], dtype="Int64"),
        "share": [0.1, float("nan")],
        "whole": [2**53 + 1, 2],
        "flag": [True, False],
        "text": ["a", None],
        "mixed": pd.Series([1, "a"], dtype=object),
        "part": pd.Categorical(["b", "a"], categories=["b", "a", "c"], ordered=True),
    })  # fmt: skip
    found = unpack_frame(json.loads(json.dumps(pack_frame(frame), allow_nan=False)))
    pd.testing.assert_frame_equal(found, frame)


def test_a_column_of_another_type_is_refused() -> None:
    with pytest.raises(ValueError, match="'when' is of the type timedelta"):
        pack_frame(pd.DataFrame({"when": pd.to_timedelta([1], "D")}))
    with pytest.raises(ValueError, match="'a' is of the type 'module:Type'"):
        unpack_frame([{"name": "a", "type": "module:Type", "values": []}])


def test_a_chart_or_an_option_that_nobody_knows_is_refused() -> None:
    drawing = handed(drawings()["bars"]())
    with pytest.raises(ValueError, match=r"there is no chart 'os.system'; known: areas, bars"):
        draw({**drawing, "chart": "os.system"}, Canvas("en", "phone"))
    more = {**drawing["options"], "shell": "true"}
    with pytest.raises(ValueError, match=r"chart 'bars' cannot take these options: .*'shell'"):
        draw({**drawing, "options": more}, Canvas("en", "phone"))


@pytest.mark.parametrize("option", ["tone", "form"])
def test_an_unknown_tone_or_form_is_named_at_the_cell(option: str) -> None:
    wrong: dict[str, Any] = {option: "loud"}
    with pytest.raises(ValueError, match=f"columns: unknown {option} 'loud'; known: "):
        charts.columns(total(), y="encounters", **wrong)


def test_a_kernel_loads_no_painter_and_no_catalogue() -> None:
    done = subprocess.run([sys.executable, "-c", KERNEL], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded, catalogue = done.stdout.split("\n")[:2]
    assert "pandas" in loaded.split()
    assert not {"altair", "vl_convert"} & set(loaded.split())
    assert catalogue == ""


def told(monthly: pd.DataFrame, **other: Any) -> dict[str, Any]:
    """Build a figure and write its texts, as the press does."""
    given: dict[str, Any] = {
        "drawing": charts.columns(monthly, y="encounters", colour="component", order=COMPONENTS),
        "headline": say("revised"), "subtitle": say("share"), "alt": say("median"), "rows": monthly,
    } | other  # fmt: skip
    return resolve(figures.build("monthly", given.pop("drawing"), **given), LANGUAGES)


def reworded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spanish: str, other: str) -> None:
    """Work where one translation is another."""
    old = messages.catalogue_path().read_text("utf-8")
    assert old.count(f'msgstr "{spanish}"') == 1
    place = tmp_path / messages.CATALOGUE
    place.parent.mkdir(parents=True)
    place.write_text(old.replace(f'msgstr "{spanish}"', f'msgstr "{other}"'), "utf-8")
    monkeypatch.chdir(tmp_path)


def test_a_changed_translation_changes_only_what_uses_it(
    monthly: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure, plain = told(monthly), told(monthly, drawing=charts.lines(total(), y="encounters"))
    asked = [paint(one, "es")["asked"] for one in (figure, plain)]
    assert paint(figure, "en")["asked"] == {}
    reworded(tmp_path, monkeypatch, "entre puertos de entrada", "lejos de los puertos")
    words = messages.translations("es")
    good = [all(words.get(name) == said for name, said in one.items()) for one in asked]
    assert good == [False, True]
    assert "Lejos de los puertos" in paint(told(monthly), "es")["svgs"]["column"]
    assert told(monthly)["headline"] == figure["headline"]


def test_spanish_is_held_to_the_rules_where_it_is_written(monthly: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"'monthly': its alternative text in 'es' has 251 characters"):
        told(monthly, alt=Text("a", "a" * 251))
    with pytest.raises(ValueError, match=r"'monthly': its alternative text in 'es' has 0 characters"):
        told(monthly, alt=Text("a", ""))
    with pytest.raises(ValueError, match="'monthly' has no subtitle in 'es'"):
        told(monthly, subtitle=Text("a", " "))


def test_a_long_translation_is_named_by_its_message(
    monthly: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reworded(tmp_path, monkeypatch, messages.translate("median", "es"), "m" * 251)
    with pytest.raises(ValueError, match="251 characters, not 1 to 250: message 'median'"):
        told(monthly)


def test_another_version_of_the_form_is_not_read() -> None:
    with pytest.raises(ValueError, match="run the notebook again"):
        resolve({"version": 0, "key": "a", "text": {"en": "a", "es": "a"}}, LANGUAGES)


def test_events_and_labels_reach_the_picture_in_the_language(monthly: pd.DataFrame) -> None:
    drawing = charts.columns(
        monthly.assign(component=monthly["component"].replace("at ports", "gates")),
        y="encounters", colour="component", events=events()[2:3],
    )  # fmt: skip
    figure = told(monthly, drawing=drawing, labels={"gates": Text("gates <b>", "puertas <b>")})
    svg = paint(figure, "es")["svgs"]["column"]
    assert "Puertas &lt;b&gt;" in svg
    assert "cronología" in svg
    assert figure["table"]["columns"][2]["label"] == {"en": "Gates <b>", "es": "Puertas <b>"}


def test_english_names_need_no_catalogue() -> None:
    """A name that the catalogue knows as a whole has no country's code as a part, or English would differ."""
    known = [name for name in messages.translations("es") if not name.endswith(messages.PLURAL)]
    short = [name for name in known if "{" not in name and len(name) > 3 and ("," in name or ":" in name)]
    assert short
    assert [name for name in short if proper(name, "en") != name] == []


def test_the_theme_is_that_of_all_painters() -> None:
    assert painting.alt.theme.active == "sharedborder"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("M1,2L3.5,1L3.4,10", "M1,2l2.5,-1 -.1,9"),
        ("M0,0L1,1M5,5L5.3,5Z", "M0,0l1,1M5,5l.3,0Z"),
        ("M2,3", "M2,3"),
        ("M1,2h5v3h-5Z", "M1,2h5v3h-5Z"),
        ("M0,0A1,1,0,1,1,2,2", "M0,0A1,1,0,1,1,2,2"),
    ],
)
def test_a_line_is_written_by_its_steps(path: str, written: str) -> None:
    assert picture.relative(path) == written


@given(st.lists(st.tuples(st.integers(-9999, 9999), st.integers(-9999, 9999)), min_size=2, max_size=40))
def test_steps_lead_to_the_same_corners(places: list[tuple[int, int]]) -> None:
    path = "M" + "L".join(f"{x / 10:g},{y / 10:g}" for x, y in places)
    start, _, steps = picture.relative(path).removeprefix("M").partition("l")
    at, found = [0.0, 0.0], []
    for pair in [start, *steps.split()]:
        at = [was + float(step) for was, step in zip(at, pair.split(","), strict=True)]
        found.append((round(at[0] * 10), round(at[1] * 10)))
    assert found == places
