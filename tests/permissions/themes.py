"""Themes of the comments and words to quote, which are pages of the app `reports`."""

from functools import partial
from typing import Any

from communitas.cycles.models import Cycle
from communitas.reports.actions import themes as actions
from communitas.reports.models import Quote, Remark
from communitas.reports.policy import themes as policy
from communitas.reports.rules.themes import Code
from tests.cast import NOW, Part, World
from tests.permissions.cases import SIGNED_IN, Case, Target


def _remark(world: World, part: Part) -> Remark:
    actions.put_code(cycle=part.cycle, code=Code("", "Leaving", "Goodbyes."), by=world.cora, at=NOW)
    fields: dict[str, Any] = {"criterion_code": "1.1", "section": "Belonging", "kind": "self"}
    return Remark.objects.create(
        cycle=part.cycle, enrolment=part.enrolment, criterion_key="c1-1", text="We wrote.", sha256="0" * 64, **fields
    )


def cycle(world: World, part: Part) -> Target:
    """A cycle with a codebook and a comment."""
    return Target(_remark(world, part).cycle_id)


def code(world: World, part: Part) -> Target:
    """A theme."""
    return Target(_remark(world, part).cycle_id, "t1")


def remark(world: World, part: Part) -> Target:
    """A comment that nobody has coded."""
    return Target(_remark(world, part).pk)


def quote(world: World, part: Part) -> Target:
    """Words that wait for the consent of Lark House."""
    found = _remark(world, part)
    made = Quote.objects.create(remark=found, code="t1", text="We wrote.", redacted_by=world.cora, redacted_at=NOW)
    return Target(made.pk, community=part.lark, scope=part.enrolment.pk)


BOTH, POST = ("GET", "POST"), ("POST",)
OF = partial(Case, row="theme.code")
CODE = {"name": "Food", "definition": "Meals."}
CASES = [
    OF("reports:themes", of=[cycle]),
    OF("reports:take_in", of=[cycle], methods=POST),
    OF("reports:next_remark", of=[cycle]),
    OF("reports:remarks", of=[cycle]),
    OF("reports:codebook", of=[cycle], methods=BOTH, data=CODE),
    OF("reports:change_code", of=[code], methods=BOTH, data=CODE),
    OF("reports:remark", of=[remark], methods=BOTH, data={"codes": ["t1"]}),
    OF("reports:settle", of=[remark], methods=POST, data={"codes": ["t1"], "reason": "So"}),
    OF("reports:propose_quote", of=[remark], methods=POST, data={"code": "t1", "text": "We"}),
    OF("reports:quote", of=[quote], methods=BOTH, data={"verb": "withdraw"}),
    Case("reports:quote_consent", row="quote.consent", of=[quote], methods=BOTH, data={"verb": "consent"}),
    Case("reports:quotes", row=SIGNED_IN),
]
PERMISSIONS = [
    (policy.oversee_themes, Cycle),
    (policy.code_remark, Remark),
    (policy.read_quote, Quote),
    (policy.consent, Quote),
]
