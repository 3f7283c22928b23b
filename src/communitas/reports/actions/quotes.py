"""Quotations: redacted by one, consented to by the community, read by two others; withdrawn at any time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit, tasks
from communitas.people.models import Account
from communitas.reports.models import Quote, QuoteStep, Remark
from communitas.reports.queries import quotes as queries
from communitas.reports.queries import themes
from communitas.reports.queries.practices import names_around
from communitas.reports.rules import practice
from communitas.reports.rules import quotes as rules
from communitas.reports.rules.themes import refuse_unknown_codes
from communitas.reports.telling import leads_of, tell


@transaction.atomic
def propose_quote(*, remark: Remark, code: str, text: str, by: Account, at: datetime) -> Quote:
    """Redact words of a comment and ask its community whether they may be quoted for a theme."""
    Remark.objects.select_for_update().get(pk=remark.pk)
    held = themes.remarks().get(pk=remark.pk)
    rules.refuse_uncounted(bool(held.themes) and not held.gone)
    rules.refuse_words(text)
    rules.refuse_added_words(comment=held.text, text=text)
    practice.refuse_names(text, names_around(held.enrolment))
    refuse_unknown_codes([code], themes.codes_of(themes.codebook_of(held.cycle)))
    quote = Quote.objects.create(remark=held, code=code, text=text.strip(), redacted_by=by, redacted_at=at)
    _keep_step(quote, "propose", "", by, at)
    tell(
        leads_of(held.enrolment, at),
        held.enrolment,
        subject=_("May we quote these words?"),
        template="reports/mail/quote_asked.txt",
        url_name="reports:quote_consent",
        pk=quote.pk,
        at=at,
        words=quote.text,
    )
    return quote


@transaction.atomic
def consent_to_quote(*, quote: Quote, by: Account, at: datetime) -> None:
    """Agree, for the community, that these words are quoted without its name."""
    held = _hold(quote)
    held.state = rules.QUOTE.move(held.state, "consent")
    held.consented_by, held.consented_at = by, at
    held.save()
    _keep_step(held, "consent", "", by, at)


@transaction.atomic
def refuse_quote(*, quote: Quote, by: Account, at: datetime) -> None:
    """Say, for the community, that these words are not quoted. No reason is needed."""
    held = _hold(quote)
    held.state = rules.QUOTE.move(held.state, "refuse")
    held.save()
    _keep_step(held, "refuse", "", by, at)


@transaction.atomic
def pass_quote(*, quote: Quote, by: Account, at: datetime) -> None:
    """Having read it, say that it names nobody, also not by what it tells. The second reader lets it into reports."""
    held = _hold(quote)
    passed = rules.QUOTE.move(held.state, "pass")
    rules.refuse_reader(
        redacted_by=held.redacted_by_id, readers=(held.first_reader_id, held.second_reader_id), by=by.pk
    )
    if held.first_reader_id is None:
        held.first_reader = by
    else:
        held.second_reader = by
        held.state = passed
    held.save()
    _keep_step(held, "pass", "", by, at)


@transaction.atomic
def turn_down_quote(*, quote: Quote, reason: str, by: Account, at: datetime) -> None:
    """Having read it, say why it should not be quoted."""
    held = _hold(quote)
    held.state = rules.QUOTE.move(held.state, "turn_down", reason=reason)
    held.save()
    _keep_step(held, "turn_down", reason, by, at)


@transaction.atomic
def withdraw_quote(*, quote: Quote, reason: str = "", by: Account, at: datetime) -> None:
    """Withdraw the words. They go from every report, also from those that are released; their PDFs are set anew."""
    held = _hold(quote)
    held.state = rules.QUOTE.move(held.state, "withdraw", reason=reason)
    held.save()
    _keep_step(held, "withdraw", reason, by, at)
    for report in queries.reports_that_quote(held):
        tasks.enqueue("reports.national_documents", report.pk, at.isoformat())


def _hold(quote: Quote) -> Quote:
    """The quotation, locked until the end of the transaction."""
    Quote.objects.select_for_update().get(pk=quote.pk)
    return queries.quotes().get(pk=quote.pk)


def _keep_step(quote: Quote, verb: str, reason: str, by: Account, at: datetime) -> None:
    QuoteStep.objects.create(quote=quote, verb=verb, text=quote.text, reason=reason.strip(), by=by, at=at)
    tenant = quote.remark.cycle.network.tenant
    audit.record(tenant=tenant, verb=f"quote.{verb}", obj=quote, by=by, at=at, reason=reason.strip())
