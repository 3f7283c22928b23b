"""What visits do by themselves when its time has come; run by `communitas tick`."""

from datetime import datetime

from communitas.visits import actions


def pass_concerns_on(at: datetime) -> str:
    """Tell the second person of concerns that nobody has acknowledged by the end of their day."""
    passed_on = actions.escalate_due_concerns(by=None, at=at)
    return f"{passed_on} passed on" if passed_on else ""


def chase_answers(at: datetime) -> str:
    """Remind people who were asked onto a team, and free the places whose time is over."""
    reminded, lapsed = actions.chase_answers(by=None, at=at)
    said = [f"{reminded} reminded"] * bool(reminded) + [f"{lapsed} free again"] * bool(lapsed)
    return ", ".join(said)


def remind_hosts(at: datetime) -> str:
    """Remind communities that have not said whether the day of their visit will do."""
    reminded = actions.remind_hosts(by=None, at=at)
    return f"{reminded} reminded" if reminded else ""


def chase_papers(at: datetime) -> str:
    """Remind people whose papers for a secure site are due."""
    reminded = actions.chase_papers(by=None, at=at)
    return f"{reminded} reminded" if reminded else ""
