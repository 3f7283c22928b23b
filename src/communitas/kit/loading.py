"""Load an object and ask whether the actor may act on it, in one call."""

import logging
from collections.abc import Callable, Collection
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from communitas.kit.permissions import Actor, Permission

Kind = TypeVar("Kind", bound=Model)
Source = type[Kind] | QuerySet[Kind] | Callable[[Any], Kind | None]
LONGEST = 18  # digits that a key of the database can have
log = logging.getLogger("communitas.denied")


def load(source: Source[Kind], pk: Any, *, actor: Actor, may: Permission) -> Kind:
    """The object, when the actor may do this on it.

    What the actor may not even see answers Http404, exactly as a missing object does. What is seen but may not be acted
    on answers PermissionDenied with the permission's own sentence. Give a queryset with select_related to save queries,
    or a function that finds the object by its key.
    """
    if isinstance(source, QuerySet):
        obj = _only(source.filter(pk=pk))
    elif isinstance(source, type):
        obj = _only(cast(type[Kind], source)._default_manager.filter(pk=pk))
    else:
        obj = source(pk)
    # Asked of the object in memory: the same conditions as a query take longer to write than to answer.
    if obj is not None and may.allows(actor, obj):  # and sees it: nobody may act on what they do not see
        return obj
    if obj is None or not (may.sees and may.sees.allows(actor, obj)):
        log.info("denied %s of %s", may.action, pk)
        raise Http404
    raise PermissionDenied(may.why)


def _only(found: QuerySet[Kind]) -> Kind | None:
    """The one row that a key finds: there is nothing to put in order, which `first` would write into the query."""
    return next(iter(found.order_by()[:1]), None)


def numbers_within(within: QuerySet[Kind], sent: Collection[str]) -> list[int]:
    """The numbers that a form sent, when each names a row of `within`; otherwise Http404, as for a missing object.

    `within` is all that the actor may name. A request that names one foreign row is refused whole.
    """
    numbers = {int(each) for each in sent if each.isascii() and each.isdecimal() and len(each) < LONGEST}
    if len(numbers) < len(set(sent)) or within.filter(pk__in=numbers).count() < len(numbers):
        log.info("denied some of %s %s", within.model._meta.label_lower, sorted(numbers))
        raise Http404
    return sorted(numbers)
