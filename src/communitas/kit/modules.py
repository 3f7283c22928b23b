"""Small scripts of apps that go with every page of somebody who signed in."""

_offered: list[str] = []


def offer(name: str) -> None:
    """Add a module by its name among the static files. Call it in `apps.py`; twice is the same as once."""
    if name not in _offered:
        _offered.append(name)


def offered() -> tuple[str, ...]:
    """The modules, in the order in which they were offered."""
    return tuple(_offered)
