"""What cycles do when something happens in an app below."""

from communitas.cycles import actions
from communitas.members.events import CommunityChanged
from communitas.members.models import Community
from communitas.people.models import Account


def community_changed(fact: CommunityChanged) -> None:
    """The enrolments of a community follow its changes, in the same transaction."""
    community = Community.objects.select_related("service_type").get(pk=fact.community)
    by = Account.objects.get(pk=fact.by)
    actions.follow_change(community=community, kind=fact.kind, reason=fact.reason, by=by, at=fact.at)
