"""What no action does yet, so that the demo writes it through the models. Each goes when its action comes."""

from communitas.people.models import Account


def make_administrator(account: Account) -> None:
    """A site administrator is made on the machine, not in the browser."""
    account.is_administrator = True
    account.save(update_fields=["is_administrator"])
