"""What benchmarking does by itself; run by `communitas tick`."""

from datetime import datetime

from communitas.benchmarking import actions
from communitas.benchmarking.models import Release


def cut_figures(at: datetime) -> str:
    """Keep figures by subject that were frozen before there was an explorer to read them."""
    whole = Release.objects.filter(subjects__isnull=True).select_related("cycle__edition", "cycle__network__tenant")
    done = 0
    for release in whole:
        actions.cut_figures(release=release, by=None, at=at)
        done += 1
    return f"{done} releases kept by subject" if done else ""
