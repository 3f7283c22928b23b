"""The design of local reports: a version is kept, looked at, and then taken up. Going back takes an older one up."""

from datetime import datetime

from django.db import transaction

from communitas.kit import audit, files
from communitas.kit.models import StoredFile
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.reports.models import DesignUse, ReportDesign
from communitas.reports.rules.design import refuse_pale_colours, refuse_unnamed_logo, refuse_using_again
from communitas.reports.rules.drawn_logo import is_drawn


@transaction.atomic
def keep_design(
    *,
    network: Network,
    main: str,
    accent: str,
    cover: str = ReportDesign.Cover.CIRCLES,
    welcome: str = "",
    how_to_read: str = "",
    contact: str = "",
    logo: bytes | None = None,
    logo_words: str = "",
    by: Account,
    at: datetime,
) -> ReportDesign:
    """Keep a new version. `logo` is a PNG or SVG made anew; None goes on with that of the version before, b'' has none.

    Nothing changes in any report until the version is taken up.
    """
    refuse_pale_colours(main=main, accent=accent)
    Network.objects.select_for_update().get(pk=network.pk)
    before = ReportDesign.objects.filter(network=network).select_related("logo").first()
    kept = _logo(network, logo, before, at)
    refuse_unnamed_logo(logo=kept is not None, words=logo_words)
    design = ReportDesign.objects.create(
        network=network,
        number=before.number + 1 if before else 1,
        main=main,
        accent=accent,
        cover=cover,
        welcome=welcome.strip(),
        how_to_read=how_to_read.strip(),
        contact=contact.strip(),
        logo=kept,
        logo_words=logo_words.strip() if kept else "",
        made_by=by,
        made_at=at,
    )
    audit.record(tenant=network.tenant, verb="design.keep", obj=design, by=by, at=at)
    return design


@transaction.atomic
def use_design(*, design: ReportDesign, by: Account, at: datetime) -> None:
    """Use this version for every report that is not signed yet; signed ones keep theirs."""
    network = design.network
    Network.objects.select_for_update().get(pk=network.pk)
    newest = DesignUse.objects.filter(design__network=network).first()
    refuse_using_again(in_use=newest is not None and newest.design_id == design.pk)
    DesignUse.objects.create(design=design, by=by, at=at)
    before = newest.design_id if newest else None
    audit.record(tenant=network.tenant, verb="design.use", obj=design, by=by, at=at, detail={"instead_of": before})


def _logo(network: Network, logo: bytes | None, before: ReportDesign | None, at: datetime) -> StoredFile | None:
    if logo is None:
        return before.logo if before else None
    if not logo:
        return None
    name, kind = ("report-logo.svg", "image/svg+xml") if is_drawn(logo) else ("report-logo.png", "image/png")
    return files.put(tenant=network.tenant, content=logo, name=name, media_type=kind, at=at)
