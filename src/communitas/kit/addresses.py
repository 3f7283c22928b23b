"""Addresses outside a request: the network's slug is the first step of every path of its pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix


@contextmanager
def mounted(slug: str) -> Iterator[None]:
    """Within this block, reverse() gives addresses of the network."""
    before = get_script_prefix()
    set_script_prefix(f"/{slug}/" if slug else "/")
    try:
        yield
    finally:
        set_script_prefix(before)


def path_of(slug: str, name: str, *args: object) -> str:
    """The path of a page of a network, such as /hearth/cockpit/."""
    with mounted(slug):
        return reverse(name, args=args)


def address_of(slug: str, name: str, *args: object) -> str:
    """The whole address of a page of a network, for mail and documents."""
    return whole(path_of(slug, name, *args))


def whole(path: str) -> str:
    """The whole address of a path that begins with a slash."""
    return settings.SITE_ADDRESS.rstrip("/") + path
