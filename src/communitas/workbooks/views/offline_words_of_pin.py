"""The words of a PIN: setting one for a device, being asked for it, and not knowing it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext_lazy

PIN: Final[Mapping[str, str]] = {
    "pin_settings": noop("A PIN for this device"),
    "pin_is_set": noop("A PIN is set. The workbook asks for it when you open it, and after five minutes without use."),
    "pin_is_not_set": noop("No PIN is set. Whoever unlocks this device can read the workbook."),
    "pin_what": noop(
        "A PIN helps if this device is lost. Choose 6 to 12 digits that nobody can guess: longer is safer. Then the "
        "workbook asks for the PIN when you open it, and after five minutes without use. It does not lock the other "
        "pages of the site: sign out of them."
    ),
    "pin_new": noop("New PIN"),
    "pin_again": noop("New PIN, once more"),
    "pin_now": noop("Your PIN now"),
    "pin_set": noop("Set the PIN"),
    "pin_change": noop("Change the PIN"),
    "pin_remove": noop("Take the PIN away"),
    "pin_form": noop("A PIN is 6 to 12 digits, with nothing between them."),
    "pin_differ": noop("The two PINs are not the same. Type the new one twice."),
    "pin_cannot": noop("This browser is too old to keep a PIN. Everything else works as before."),
    "pin_not_kept": noop("This device could not keep it. Nothing has changed: please try again."),
    "pin_done": noop("The PIN is set. The workbook asks for it from now on."),
    "pin_changed": noop("The PIN is changed. The old one does not open the workbook any more."),
    "pin_removed": noop("The PIN is taken away. The workbook opens without one."),
    "pin_title": noop("Type your PIN"),
    "pin_lead": noop("The workbook is locked. Your PIN opens it. Everything that you wrote is kept."),
    "pin_label": noop("PIN of this device"),
    "pin_open": noop("Open the workbook"),
    "pin_unknown": noop("I do not know it"),
    "pin_unknown_title": noop("Go on without the PIN"),
    "pin_unknown_none": noop("Everything that you wrote is with the office."),
    "pin_unknown_after": noop(
        "The workbook and the PIN are removed from this device. Sign in again, and the workbook is put back. Then you "
        "can set a new PIN."
    ),
    "pin_unknown_do": noop("Remove it and sign in again"),
    "pin_unknown_back": noop("Try the PIN again"),
    "pin_save": noop("Save a sealed copy"),
    "pin_spent": noop("The PIN was wrong five times"),
    "pin_forgotten": noop("The PIN is removed"),
    "idle_soon_pin": noop(
        "Nobody has used this page for a while. In two minutes it locks and asks for your PIN. "
        "Touch the page or press a key to go on."
    ),
}

PIN_COUNTED: Final[Mapping[str, Any]] = {
    "pin_wrong": ngettext_lazy(
        "That is not the PIN. You can try once more. Then the workbook is removed from this device; what you wrote "
        "is kept.",
        "That is not the PIN. You can try {count} more times.",
        "number",
    ),
    "pin_waits": ngettext_lazy(
        "{count} answer waits here. It is safe, whether you know the PIN or not.",
        "{count} answers wait here. They are safe, whether you know the PIN or not.",
        "number",
    ),
    "pin_unknown_waits": ngettext_lazy(
        "{count} answer is only on this device. It stays here, locked. It is sent when you sign in again, or you "
        "save it as a sealed file and hand it to the office.",
        "{count} answers are only on this device. They stay here, locked. They are sent when you sign in again, or "
        "you save them as a sealed file and hand it to the office.",
        "number",
    ),
}
