"""Requests by the ten thousand: a lean test client, and one for each person of the cast."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import get_resolver
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import World, make_world
from tests.permissions.cases import NOBODY, PEOPLE


class QuickClient(Client):
    """Does not keep the context of every template drawn, which costs a large part of drawing it."""

    def request(self, **request: Any) -> Any:
        """The answer alone. An exception in a view is raised here, as Django's own client does."""
        environ = self._base_environ(**request)  # type: ignore[attr-defined]  # Django's own way to put it together
        got_request_exception.connect(self.store_exc_info, dispatch_uid=id(self))
        try:
            response: Any = self.handler(environ)
        finally:
            got_request_exception.disconnect(dispatch_uid=id(self))
        if self.exc_info:
            self.check_exception(response)
        self.cookies.update(response.cookies)
        return response


Everybody = tuple[World, dict[str, QuickClient]]


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Everybody]:
    """Both networks, and a browser of each person, made once for a module. Work on a deep copy of it."""
    resolver = get_resolver()
    sessions = override_settings(
        SESSION_ENGINE="django.contrib.sessions.backends.cache"
    )  # not a query for each request
    with django_db_blocker.unblock(), transaction.atomic(), sessions, pytest.MonkeyPatch.context() as patch:
        patch.setattr(resolver, "resolve", cache(resolver.resolve))  # the same few hundred paths again and again
        world = make_world()
        clients = {name: QuickClient() for name in (*PEOPLE, NOBODY)}
        for name in PEOPLE:
            world.sign_in(clients[name], getattr(world, name))
        yield world, clients
        transaction.set_rollback(True)
