"""What of a Markdown text a reader reads as prose: the rest is blanked out, so that places stay the same."""

import re

BLANK = re.compile(r"[^\n]")
FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})(?P<info>[^\n`]*)$", re.MULTILINE)
MASKED = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"<!--.*?-->", re.DOTALL),
        (r"\{[a-z:-]+\}`[^`]*`", 0),  # a role: {fact}`nov_2023`
        (r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", 0),  # code
        (r"\]\([^)\n]*\)", 0),  # the target of a link
        (r"^\[[^\]\n]+\]:.*$", re.MULTILINE),
        (r"<[^<>\n]+>", 0),  # tags and addresses
        (r"\b(?:https?|mailto):\S+", 0),
        (r"^\([^)\s]+\)=\s*$", re.MULTILINE),  # a label
        (r"^ {0,3}:{3,}.*$", re.MULTILINE),  # where a directive starts and ends
        (
            r"^ {0,3}:(?!otherwise:)[a-z-]+:.*$",
            re.MULTILINE,
        ),  # its options, but for the sentence in :otherwise:
        (r"\{[^{}\n]*\}", 0),  # attributes, and the placeholders of say()
        (r"^ {0,3}\d+\.(?= )", re.MULTILINE),  # the number of a list's item
    )
)
QUOTE = re.compile(r"(?:^ {0,3}>[^\n]*\n?)+", re.MULTILINE)
ATTRIBUTION = re.compile(r"^ {0,3}> ?(?:--|—)", re.MULTILINE)


def prose_of(markdown: str) -> str:
    """Return a MyST text in which all that is not prose is blanked.

    Blanked are code, roles, link targets, directive lines, attributes, and quotes that name the speaker.
    """
    text = QUOTE.sub(lambda match: _blank(match[0]) if ATTRIBUTION.search(match[0]) else match[0], markdown)
    text = _without_code_blocks(text)
    for pattern in MASKED:
        text = pattern.sub(lambda match: _blank(match[0]), text)
    return text


def _without_code_blocks(text: str) -> str:
    """Blank fenced code with its content; of a fenced directive only the fences, its content is prose."""
    lines = text.split("\n")
    opened: list[tuple[str, bool]] = []  # the fence's mark, and whether its content is code
    for index, line in enumerate(lines):
        match = FENCE.match(line)
        if match and opened and line.strip() == line.strip()[0] * len(line.strip()) >= opened[-1][0]:
            opened.pop()
            lines[index] = _blank(line)
        elif match and not (opened and opened[-1][1]):
            opened.append((match["mark"], not match["info"].strip().startswith("{")))
            lines[index] = _blank(line)
        elif opened and opened[-1][1]:
            lines[index] = _blank(line)
    return "\n".join(lines)


def _blank(text: str) -> str:
    return BLANK.sub(" ", text)
