"""Who once took part in a workbook and does not any more."""

from communitas.members.models import Access, RoleGrant
from communitas.people.models import Account
from communitas.workbooks.models import Event, Workbook


def took_part(workbook: Workbook, account: Account) -> bool:
    """Whether somebody ever wrote in a workbook, was named for its review, or had a role in its community.

    At most three queries. Only ever asked about people who may not open it now: they may hand over what they wrote
    before, and read nothing.
    """
    enrolment = workbook.review.enrolment
    relation = Access.Relation.CONTRIBUTOR if workbook.review.kind == "self" else Access.Relation.TEAM
    named = Access.objects.filter(account=account, relation=relation, scope=enrolment.pk, community=enrolment.community)
    traces = [Event.objects.filter(workbook=workbook, author=account), named]
    if workbook.review.kind == "self":
        traces.append(RoleGrant.objects.filter(account=account, community=enrolment.community))
    return any(trace.order_by().exists() for trace in traces)
