"""Background work of certificates."""

from datetime import datetime

from communitas.kit.tasks import Progress, task
from communitas.recognition import actions, queries
from communitas.recognition.typesetting.certificate import certificate_pdf


@task("recognition.set_certificate")
def set_certificate(pk: int, at: str, *, progress: Progress) -> None:
    """Set the PDF of an issued certificate and keep it."""
    certificate = queries.certificates().get(pk=pk)
    content = certificate_pdf(queries.document_of(certificate))
    actions.keep_pdf(
        certificate=certificate, content=content, by=certificate.confirmed_by, at=datetime.fromisoformat(at)
    )
