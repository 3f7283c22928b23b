"""Names of people and communities in place of the ids of a problem."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.members.models import Community
from communitas.people.models import Account

_NAMED = re.compile(r"\b([cop])([0-9]+)\b")
_BROKEN = re.compile(r"^(together with [^:]*?, )?breaks the rule '[^']*': ")
_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
Json = dict[str, Any]


def sentence(words: str, names: Mapping[str, str]) -> str:
    """The words as a sentence of their own, with names and without the numbers of pins."""
    told = named(_BROKEN.sub("", words), names)
    return f"{told[:1].upper()}{told[1:]}."


def named(words: str, names: Mapping[str, str]) -> str:
    """The words with names in place of the ids of a problem, and days as people write them.

    An organisation stands in them only where two share it, and needs no name.
    """
    shared = _("the same organisation")
    told = _NAMED.sub(lambda found: names.get(found[0], shared if found[1] == "o" else found[0]), words)
    return _DAY.sub(lambda found: date_format(date.fromisoformat(found[0]), "j F Y"), told)


def names_in(content: Json) -> dict[str, str]:
    """Names for the ids of a problem that was stated before, as people and communities are called now. Two queries."""
    hosts = [int(one["id"][1:]) for one in content["hosts"]]
    homes = [int(one["community"][1:]) for one in content["reviewers"] if one["community"]]
    persons = [int(one["id"][1:]) for one in content["reviewers"]]
    communities = Community.objects.filter(pk__in={*hosts, *homes}).values_list("pk", "name")
    people = Account.objects.filter(pk__in=persons).values_list("pk", "display_name")
    return {f"c{pk}": name for pk, name in communities} | {f"p{pk}": name for pk, name in people}
