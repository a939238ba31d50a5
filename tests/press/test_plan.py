"""chapters.yml becomes a plan, or is refused with a sentence that names the place."""

from pathlib import Path

import press_fakes as fakes
import pytest

from sharedborder.press.errors import PressError
from sharedborder.press.kernels.parameters import check_parameters
from sharedborder.press.plan import Plan, read_plan
from sharedborder.press.recipes.memo import Memo

DECLARED = 'edition: str = "latest"  # day\nnationality: str = "VEN"  # ISO 3166\nmost: int = 5  # rows\n'
NATIONALITY = """\
chapters:
  nationality:
    page: nationality/{slug}
    title: "{name}"
    needs: [late]
    parameters:
      - {slug: haiti, name: {en: Haiti, es: Haití}, nationality: HTI}
      - {slug: cuba, name: Cuba, nationality: CUB, most: 3}
"""


def plan_of(folder: Path, chapters: str) -> Plan:
    path = folder / "chapters.yml"
    path.write_text(chapters, "utf-8")
    fakes.notebook(folder / "nationality.ipynb", ["# Title"], DECLARED)
    return read_plan(path, fakes.releases)


def test_a_page_for_each_set_of_parameters_and_edition(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, NATIONALITY)
    assert plan.editions == ("latest", "2023-12-27", "2024-01-19")
    latest = plan.of("latest")
    assert [page.name for page in latest] == ["nationality/haiti", "nationality/cuba"]
    assert latest[0].title == {"en": "Haiti", "es": "Haití"}
    assert latest[1].arguments == {"nationality": "CUB", "most": 3, "edition": "latest"}
    check_parameters(plan.pages, Memo(tmp_path / "memo.json", "stamp"))


def test_a_page_is_not_made_where_a_needed_table_had_no_release(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, NATIONALITY)
    made = {page.edition: page.made for page in plan.pages}
    assert made == {"latest": True, "2023-12-27": False, "2024-01-19": False}
    assert plan.of("2023-12-27")[0].missing == ("late",)


@pytest.mark.parametrize(
    ("chapters", "sentence"),
    [
        ("editions: [latest, 2023-12-27]\n" + NATIONALITY, r"entry 2: the date 2023-12-27 has no quotes"),
        ("editions: [tomorrow]\n" + NATIONALITY, r"'tomorrow' is neither 'latest' nor a day"),
        ('editions: ["2023-02-30"]\n' + NATIONALITY, r"'2023-02-30' is neither 'latest' nor a day"),
        (NATIONALITY.replace("late]", "lost]"), r"needs the table 'lost', which the ledger does not"),
        (NATIONALITY.replace("{slug}", "{place}"), r"'\{place\}' in page or title is not a field"),
        (NATIONALITY.replace("slug: cuba", "slug: haiti"), r"Two chapters make the page 'nationality/haiti'"),
        (NATIONALITY.replace("slug: cuba", "slug: Cuba!"), r"page name 'nationality/Cuba!' may hold only"),
        (NATIONALITY.replace("  nationality:", "  nation:"), r"notebook nation\.ipynb does not exist"),
        (NATIONALITY.replace("needs:", "need:"), r"nationality: expected 'page' and only the keys"),
        ("chapters: []", r"expected a mapping with the key 'chapters'"),
        ("chapters: {", r"is not valid YAML"),
    ],
)  # fmt: skip
def test_what_the_plan_refuses(tmp_path: Path, chapters: str, sentence: str) -> None:
    with pytest.raises(PressError, match=sentence):
        plan_of(tmp_path, chapters)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            "nation: CUB",
            r"page nationality/cuba: there is no parameter 'nation' \(the notebook declares edition, ",
        ),
        ("nationality: NO", r"parameter 'nationality' is False, but the notebook declares str"),
        ("nationality: [CUB]", r"parameter 'nationality' is \['CUB'\], but the notebook declares str"),
        ("most: true", r"parameter 'most' is True, but the notebook declares int"),
        ("most: '3'", r"parameter 'most' is '3', but the notebook declares int"),
    ],
)
def test_parameters_that_the_notebook_does_not_declare(tmp_path: Path, given: str, sentence: str) -> None:
    plan = plan_of(tmp_path, NATIONALITY.replace("nationality: CUB, most: 3", given))
    with pytest.raises(PressError, match=sentence):
        check_parameters(plan.pages, Memo(tmp_path / "memo.json", "stamp"))


def test_an_untyped_parameter_is_refused(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, NATIONALITY)
    fakes.notebook(tmp_path / "nationality.ipynb", ["# Title"], DECLARED.replace("most: int", "most"))
    with pytest.raises(PressError, match="the notebook declares no type"):
        check_parameters(plan.pages, Memo(tmp_path / "memo.json", "stamp"))
