"""YAML by PyYAML's C reader and writer, ten times as quick; some builds of PyYAML come without them."""

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def read(text: str) -> Any:
    """Return what a text holds; raises yaml.YAMLError if it is no YAML."""
    return yaml.load(text, Loader=_LOADER)


def read_for_others() -> None:
    """Have everybody's `yaml.safe_load` in this process read like `read`."""
    yaml.SafeLoader = _LOADER  # type: ignore[misc]


def written(value: Any) -> str:
    """Return a value as YAML, its keys in their own order."""
    text: str = yaml.dump(value, Dumper=_DUMPER, sort_keys=False, allow_unicode=True)
    return text
