"""A claim as HTML for the page: quote, verdict, reason, figures behind it, and how the verdict changed."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from . import days
from .claims import VERDICTS
from .credits import Describe
from .messages import Language, mark, translate
from .names import capitalise
from .provenance import evidence_html

Json = Mapping[str, Any]

LATEST: Final = "latest"
WORDS: Final = {
    "behind": mark("The figures behind it"),
    "way": mark("What checks it: {way}."),
    "course": mark("Edition by edition"),
    "same": mark("The same verdict in every edition since {day}."),
    "gloss": mark("Our translation: {quote}"),
    "latest": mark("Latest edition"),
}


def claim_html(claim: Json, language: Language, describe: Describe) -> str:
    """Give a claim: in our words, its quote and who said it, the verdict and why, and its history.

    Everything is escaped; `describe` names a table's release. The verdict is a word, its mark is ornament.
    """
    now, name = claim["history"][-1], escape(claim["id"])
    parts = [
        f'<article class="claim {_class(now["verdict"])}" id="claim-{name}"'
        f' aria-labelledby="claim-{name}-title">',
        f'<h3 id="claim-{name}-title">{escape(claim["claim"][language])}</h3>',
        _quote(claim, language),
        f'<p class="verdict">{_verdict(now["verdict"], language)}</p>',
        f'<p class="reason">{escape(now["reason"][language])}</p>',
        _course(claim["history"], language),
        _behind(claim, language, describe),
        "</article>",
    ]
    return "\n".join(part for part in parts if part)


def public(claim: Json, page: str, language: Language) -> dict[str, Any]:
    """Give a claim as claims.json has it: verdict, reason and evidence of the edition, then its history."""
    now = claim["history"][-1]
    told = [
        {"edition": entry["edition"], "verdict": entry["verdict"], "reason": entry["reason"][language]}
        for entry in claim["history"]
    ]
    figures = [
        {
            "label": one["label"][language],
            "value": one["value"],
            "unit": one["unit"],
            "text": one["text"][language],
        }
        for one in now["figures"]
    ]
    return {
        "verdict": now["verdict"],
        "verdict_text": _called(now, language),
        "reason": now["reason"][language],
        "evidence": [entry for one in now["figures"] for entry in one["evidence"]],
        "figures": figures,
        "claim": claim["claim"][language],
        "quote": claim["quote"]["en"],
        "attribution": claim["attribution"][language],
        "published": claim["published"],
        "history": told,
        "page": page,
    }


def _word(name: str, language: Language) -> str:
    return translate(WORDS[name], language)


def _called(entry: Json, language: Language) -> str:
    verdict = str(entry["verdict"])
    return translate(verdict, language)


def _class(verdict: str) -> str:
    return "verdict-" + verdict.replace(",", "").replace(" ", "-")


def _verdict(verdict: str, language: Language) -> str:
    word = escape(capitalise(translate(verdict, language)))
    return f'<span class="mark" aria-hidden="true">{VERDICTS[verdict]}</span> <strong>{word}</strong>'


def _quote(claim: Json, language: Language) -> str:
    """The words as published, in English; readers of another language get our translation below."""
    lang = "" if language == "en" else ' lang="en"'
    quote = f"<p{lang}>{escape('“' + claim['quote']['en'] + '”')}</p>"
    gloss = ""
    if language != "en":
        translated = "«" + claim["quote"][language] + "»"
        said = _word("gloss", language).format(quote=translated)
        gloss = f'<p class="gloss">{escape(said)}</p>'
    credit = f'<p class="attribution">{escape(claim["attribution"][language])}</p>'
    return f"<blockquote>\n{quote}\n{gloss}{credit}\n</blockquote>"


def _course(history: list[Json], language: Language) -> str:
    """The verdict in each edition, with the reasons of other ones; or since when it stands."""
    if len(history) < 2:
        return ""
    if len({entry["verdict"] for entry in history}) == 1:
        since = _word("same", language).format(day=_edition(history[0], language))
        return f'<p class="way">{escape(since)}</p>'
    entries = "\n".join(_step(entry, history[-1], language) for entry in history)
    title = escape(_word("course", language))
    return f'<p class="course-title">{title}</p>\n<ol class="course">\n{entries}\n</ol>'


def _step(entry: Json, now: Json, language: Language) -> str:
    other = entry["verdict"] != now["verdict"]
    reason = f' <span class="then">{escape(entry["reason"][language])}</span>' if other else ""
    when = f'<span class="edition">{escape(_edition(entry, language))}</span>'
    verdict = _verdict(entry["verdict"], language)
    return f'<li class="{_class(entry["verdict"])}">{when} {verdict}{reason}</li>'


def _edition(entry: Json, language: Language) -> str:
    edition = str(entry["edition"])
    return _word("latest", language) if edition == LATEST else days.day(edition, language)


def _behind(claim: Json, language: Language, describe: Describe) -> str:
    """The figures with their rows, closed at first, and what would check the claim."""
    way = escape(_word("way", language).format(way=claim["way"][language]))
    figures = claim["history"][-1]["figures"]
    if not figures:
        return f'<p class="way">{way}</p>'
    listed = "\n".join(_figure(one, language, describe) for one in figures)
    summary = escape(_word("behind", language))
    closed = f'<details><summary>{summary}</summary>\n<ul class="behind">\n{listed}\n</ul>\n</details>'
    return f'<p class="way">{way}</p>\n{closed}'


def _figure(one: Json, language: Language, describe: Describe) -> str:
    label = f'<p class="label">{escape(one["label"][language])}</p>'
    return f"<li>{label}\n{evidence_html(one, language, describe)}</li>"
