"""What a person asks of a build, and whether the standing site already is that."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from sharedborder.press import fingerprint
from sharedborder.press.errors import PressError
from sharedborder.press.folders import Folders
from sharedborder.press.plan import Page, Plan
from sharedborder.press.standing import inputs_digest


@dataclass(frozen=True)
class Wish:
    """One edition or language (None: all), only one chapter's notebooks, how many at once, and the address of
    a Dask scheduler whose workers run the notebooks (None: this machine).
    """

    edition: str | None = None
    language: str | None = None
    only: str | None = None
    jobs: int | None = None
    scheduler: str | None = None

    @property
    def everything(self) -> bool:
        return not (self.edition or self.language or self.only)

    def names(self, page: Page) -> bool:
        """Whether a page is of the chapter asked for."""
        return self.only is None or self.only in (page.chapter, page.name)


@dataclass(frozen=True)
class Chosen:
    """The editions and languages of a plan that were asked for."""

    plan: Plan
    editions: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def pages(self) -> list[Page]:
        return [page for page in self.plan.pages if page.edition in self.editions]

    @property
    def books(self) -> Iterator[tuple[str, str]]:
        """The pairs of an edition and a language."""
        return product(self.editions, self.languages)


def chosen(plan: Plan, wish: Wish) -> Chosen:
    """Return what was asked for; raises PressError for what the plan does not have."""
    names = {page.chapter for page in plan.pages} | {page.name for page in plan.pages}
    for kind, value, known in (
        ("edition", wish.edition, plan.editions),
        ("language", wish.language, plan.languages),
        ("chapter", wish.only, sorted(names)),
    ):
        if value is not None and value not in known:
            raise PressError(f"There is no {kind} {value!r}; the book has {', '.join(known)}.")
    editions = (wish.edition,) if wish.edition else plan.editions
    return Chosen(plan, editions, (wish.language,) if wish.language else plan.languages)


def wished_inputs(folders: Folders, wish: Wish) -> str | None:
    """Return the digest of what a site is made from and how much of it; None where pages may stay stale."""
    if wish.only is not None:
        return None
    inputs = inputs_digest(folders)
    return inputs if wish.everything else fingerprint.digest([inputs, wish.edition, wish.language])
