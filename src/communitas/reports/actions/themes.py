"""Themes of the comments: comments taken in, a codebook in versions, coding by two, differences settled."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from communitas.benchmarking.models import Fact
from communitas.cycles.models import Cycle, Enrolment
from communitas.kit import audit
from communitas.people.models import Account
from communitas.reports.models import Codebook, Coding, Remark, Settling
from communitas.reports.queries import themes as queries
from communitas.reports.rules import themes as rules
from communitas.reports.rules.stored import as_json
from communitas.reports.rules.themes import Code
from communitas.standards import queries as standards
from communitas.standards.models import Edition

_AT_ONCE = 2_000


@transaction.atomic
def take_in_remarks(*, cycle: Cycle, by: Account, at: datetime) -> int:
    """Take in every comment of the signed reports of a cycle that is not there yet; returns how many are new.

    A comment that a correction took away is marked as gone and counts no more.
    """
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    known = {
        (row.enrolment_id, row.criterion_key, row.kind, row.sha256): row
        for row in Remark.objects.filter(cycle=cycle).only("enrolment", "criterion_key", "kind", "sha256", "gone")
    }
    found: dict[tuple[int, str, str, str], Remark] = {}
    enrolments = Enrolment.objects.filter(cycle=cycle, fact_sets__current=True).select_related("edition__standard_set")
    for edition, ids in _by_edition(list(enrolments)):
        places = {
            row.key: (row.code, section.title)
            for section in standards.edition_data(edition).sections
            for row in section.criteria
        }
        facts = Fact.objects.filter(fact_set__current=True, fact_set__enrolment__in=ids).exclude(comment="")
        for pk, key, kind, text in facts.values_list("fact_set__enrolment", "criterion_key", "kind", "comment"):
            sha = hashlib.sha256(text.encode()).hexdigest()
            code, title = places[key]
            found[pk, key, kind, sha] = Remark(
                cycle=cycle,
                enrolment_id=pk,
                criterion_key=key,
                criterion_code=code,
                section=title,
                kind=kind,
                text=text,
                sha256=sha,
            )
    new = [row for identity, row in found.items() if identity not in known]
    Remark.objects.bulk_create(new, batch_size=_AT_ONCE)
    for gone in (True, False):
        changed = [r.pk for key, r in known.items() if r.gone is not gone and (key not in found) is gone]
        Remark.objects.filter(pk__in=changed).update(gone=gone)
    audit.record(tenant=cycle.network.tenant, verb="remarks.take_in", obj=cycle, by=by, at=at, detail={"new": len(new)})
    return len(new)


@transaction.atomic
def put_code(*, cycle: Cycle, code: Code, by: Account, at: datetime) -> Codebook:
    """Add a theme to the codebook, or change the one of this key; the codebook gets a new version."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    current = queries.codebook_of(cycle)
    codes = queries.codes_of(current) if current else queries.codes_before(cycle)
    if not code.key:
        code = Code(rules.new_key(codes), code.name, code.definition, code.examples, code.parent, code.retired)
    return _keep(cycle, current, rules.put(codes, code), by, at)


@transaction.atomic
def begin_codebook(*, cycle: Cycle, by: Account, at: datetime) -> Codebook:
    """Begin with the themes of the cycle before; empty where there are none."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    return queries.codebook_of(cycle) or _keep(cycle, None, queries.codes_before(cycle), by, at)


@transaction.atomic
def code_remark(*, remark: Remark, codes: Collection[str], by: Account, at: datetime) -> None:
    """Code a comment, without seeing what the other person found. No theme at all is an answer too.

    One's own coding can be changed until the other person has coded the comment too.
    """
    held = _hold(remark)
    book = _book(held)
    rules.refuse_unknown_codes(codes, queries.codes_of(book))
    queries.refuse_when_full(held, by)
    if held.first_coder_id is None:
        held.first_coder = by
    elif held.first_coder_id != by.pk:
        held.second_coder = by
    Coding.objects.create(remark=held, coder=by, codes=sorted(codes), codebook=book, at=at)
    _stand(held)


@transaction.atomic
def settle_remark(*, remark: Remark, codes: Collection[str], reason: str, by: Account, at: datetime) -> None:
    """Settle what two people coded differently, with the reason. It can be settled again."""
    held = _hold(remark)
    book = _book(held)
    rules.refuse_settling(held.standing, reason)
    rules.refuse_unknown_codes(codes, queries.codes_of(book))
    Settling.objects.create(remark=held, codes=sorted(codes), reason=reason.strip(), codebook=book, by=by, at=at)
    _stand(held)
    tenant = held.cycle.network.tenant
    audit.record(tenant=tenant, verb="remark.settle", obj=held, by=by, at=at, reason=reason.strip())


def _stand(held: Remark) -> None:
    """Keep where a comment stands, as it follows from its codings."""
    first, second, settled = queries.coded(held)
    held.standing = rules.standing_of(first, second, settled)
    final = rules.final_of(first, second, settled)
    held.themes = "" if final is None else f"|{'|'.join(sorted(final))}|"
    held.save(update_fields=["first_coder", "second_coder", "standing", "themes"])


def _keep(cycle: Cycle, current: Codebook | None, codes: rules.Codes, by: Account, at: datetime) -> Codebook:
    number = current.number + 1 if current else 1
    made = Codebook.objects.create(cycle=cycle, number=number, codes=[as_json(each) for each in codes], by=by, at=at)
    audit.record(tenant=cycle.network.tenant, verb="codebook.keep", obj=made, by=by, at=at, detail={"version": number})
    return made


def _book(remark: Remark) -> Codebook:
    found = queries.codebook_of(remark.cycle)
    if found is None:
        rules.refuse_unknown_codes(["-"], ())
        raise AssertionError("refused already")
    return found


def _hold(remark: Remark) -> Remark:
    """The comment, locked until the end of the transaction."""
    Remark.objects.select_for_update().get(pk=remark.pk)
    return queries.remarks().get(pk=remark.pk)


def _by_edition(enrolments: list[Enrolment]) -> list[tuple[Edition, list[int]]]:
    editions = {each.edition_id: each.edition for each in enrolments}
    return [(found, [e.pk for e in enrolments if e.edition_id == pk]) for pk, found in editions.items()]
