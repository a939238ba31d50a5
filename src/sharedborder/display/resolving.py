"""Texts of facts, figures and claims, written where pages are made: a notebook leaves messages."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from .form import ACCOUNT, LONGEST_ALT, VERSION
from .language import Text, unpacked
from .messages import Language, listening
from .names import capitalise

Bundle = Mapping[str, Any]
Texts = dict[str, str]

NEEDED: Final = ("headline", "subtitle")


def resolve(bundle: Bundle, languages: Sequence[Language]) -> dict[str, Any]:
    """Give a fact, figure or claim as a notebook left it with its texts written out, each {language: text}.

    A figure's drawing stays as it is, for `painting`. Messages without Spanish are named in `untranslated`.
    A bundle of another version, a text that cannot be written, and a figure whose Spanish breaks a rule
    raise ValueError.
    """
    if bundle.get("version") != VERSION:
        raise ValueError(
            f"its form is of version {bundle.get('version')}, not {VERSION}: run the notebook again"
        )
    rest = {name: value for name, value in bundle.items() if name != "version"}
    with listening() as heard:
        texts = _writer(bundle)(bundle, languages)
    lacking = {"untranslated": sorted(heard.missing)} if heard.missing else {}
    return {**rest, **texts, **lacking}


def _writer(bundle: Bundle) -> Callable[[Bundle, Sequence[Language]], dict[str, Any]]:
    return _claim if "history" in bundle else _figure if "headline" in bundle else _fact


def _claim(bundle: Bundle, languages: Sequence[Language]) -> dict[str, Any]:
    history = [
        {
            **entry,
            "reason": _all(entry["reason"], languages),
            "figures": [_counted(one, languages) for one in entry["figures"]],
        }
        for entry in bundle["history"]
    ]
    return {"attribution": _all(bundle["attribution"], languages), "history": history}


def _counted(figure: Bundle, languages: Sequence[Language]) -> dict[str, Any]:
    rest = {name: value for name, value in figure.items() if name != "version"}
    return {**rest, **_fact(figure, languages), "label": _all(figure["label"], languages)}


def _fact(bundle: Bundle, languages: Sequence[Language]) -> dict[str, Any]:
    return {"text": _written(unpacked(bundle["text"]), languages)}


def _figure(bundle: Bundle, languages: Sequence[Language]) -> dict[str, Any]:
    said = {name: unpacked(bundle[name]) for name in (*NEEDED, "alt")}
    _check(bundle["id"], said, languages)
    events = [_event(event, languages) for event in bundle.get("events", [])]
    columns = [
        {**column, "label": {to: capitalise(text) for to, text in _all(column["label"], languages).items()}}
        for column in bundle["table"]["columns"]
    ]
    return {
        **{name: _written(text, languages) for name, text in said.items()},
        "notes": [_all(note, languages) for note in bundle["notes"]],
        "table": {**bundle["table"], "columns": columns},
        **({"events": events} if events else {}),
    }


def _event(event: Bundle, languages: Sequence[Language]) -> dict[str, Any]:
    told = [name for name in ("text", *ACCOUNT) if name in event]
    return {**event, **{name: _all(event[name], languages) for name in told}}


def _all(packed: Any, languages: Sequence[Language]) -> Texts:
    return _written(unpacked(packed), languages)


def _written(text: Text, languages: Sequence[Language]) -> Texts:
    return {language: text.in_language(language) for language in languages}


def _check(name: str, said: Mapping[str, Text], languages: Sequence[Language]) -> None:
    """Hold the translations to what `figures` held the English to."""
    for language in languages:
        for what in NEEDED:
            if not said[what].in_language(language).strip():
                raise ValueError(f"figure {name!r} has no {what} in {language!r}{_of(said[what])}")
        long = len(said["alt"].in_language(language))
        if not 0 < long <= LONGEST_ALT:
            raise ValueError(
                f"figure {name!r}: its alternative text in {language!r} has {long} characters, "
                f"not 1 to {LONGEST_ALT}{_of(said['alt'])}"
            )


def _of(text: Text) -> str:
    return f": message {text.messages[0]!r}" if text.messages else ""
