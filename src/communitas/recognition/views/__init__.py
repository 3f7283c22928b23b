"""The pages of certificates."""

from communitas.recognition.views.office import certificate, certificate_list, propose_all, propose_issue, revoke
from communitas.recognition.views.own import download, own
from communitas.recognition.views.public import verify, verify_form

__all__ = [
    "certificate",
    "certificate_list",
    "download",
    "own",
    "propose_all",
    "propose_issue",
    "revoke",
    "verify",
    "verify_form",
]
