"""Reviews, their workbooks, and the answers as events that are never changed. A file for each noun."""

from communitas.workbooks.models.delegation import Delegation
from communitas.workbooks.models.devices import Device, Unsent
from communitas.workbooks.models.events import Event, Head, Payload
from communitas.workbooks.models.evidence import Chunk, Evidence, Upload
from communitas.workbooks.models.installation import Epoch, ServerKey
from communitas.workbooks.models.paper import Keying, Printing, Sheet
from communitas.workbooks.models.quarantine import Decision, Quarantined, QuarantinedWords, Redaction
from communitas.workbooks.models.reviews import Presence, Review, ReviewMove, Workbook
from communitas.workbooks.models.sealed import SealedOutbox
from communitas.workbooks.models.spreadsheets import Spreadsheet

__all__ = [
    "Chunk",
    "Decision",
    "Delegation",
    "Device",
    "Epoch",
    "Event",
    "Evidence",
    "Head",
    "Keying",
    "Payload",
    "Presence",
    "Printing",
    "Quarantined",
    "QuarantinedWords",
    "Redaction",
    "Review",
    "ReviewMove",
    "SealedOutbox",
    "ServerKey",
    "Sheet",
    "Spreadsheet",
    "Unsent",
    "Upload",
    "Workbook",
]
