"""What visits do when something happens in an app below."""

from communitas.members.events import OrganisationChanged
from communitas.people.models import Account
from communitas.visits import actions
from communitas.visits.models import Interest


def organisation_changed(fact: OrganisationChanged) -> None:
    """Interests about an organisation follow the communities that it runs, in the same transaction."""
    named = [pk for pk in (fact.before, fact.after) if pk]
    if not Interest.objects.filter(organisation__in=named, withdrawn_at=None).exists():
        return
    by = Account.objects.filter(pk=fact.by).first() if fact.by else None
    actions.follow_organisations(organisations=named, by=by, at=fact.at)
