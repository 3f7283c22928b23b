"""The words of 'Prepare for offline': what is checked on a device, and whether others use it too."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as noop

PREPARING: Final[Mapping[str, str]] = {
    "prepare_title": noop("Prepare for offline"),
    "checking": noop("Checking this device…"),
    "prepared_yes": noop("This device is ready. You can go where there is no network."),
    "check_again": noop("Check again"),
    "install": noop("Install on this device"),
    "open_workbook": noop("Open the workbook"),
    "check_installed": noop("On the home screen"),
    "check_shell": noop("Opens without a network"),
    "check_persist": noop("Kept for good"),
    "check_book": noop("Standards and guidance"),
    "check_earlier": noop("Earlier answers"),
    "check_clock": noop("Clock"),
    "check_space": noop("Space"),
    "check_trial": noop("Trial answer"),
    "is_good": noop("ready"),
    "is_open": noop("not ready"),
    "installed_yes": noop("It is installed."),
    "installed_not_needed": noop("Not needed on this device, though an icon makes it easier to find."),
    "installed_apple": noop(
        "On an iPad or iPhone: press Share, then ‘Add to Home Screen’, and open it from there. "
        "Otherwise Apple clears it after seven days."
    ),
    "shell_yes": noop("The page itself is on this device."),
    "shell_no": noop("The page itself is not on this device yet. Wait a moment, then check again."),
    "persist_yes": noop("The browser has promised not to clear it."),
    "persist_no": noop("The browser has not promised it. Send before you leave the device for long."),
    "persist_unknown": noop("This browser cannot promise it. Send before you leave the device for long."),
    "book_unreachable": noop("It could not be fetched. Check the network, then try again."),
    "book_gone": noop("You may not read this workbook."),
    "book_broken": noop("What is kept here is damaged. Check again with a network."),
    "clock_yes": noop("It shows the right time."),
    "clock_unknown": noop("It could not be compared: the office could not be reached."),
    "space_yes": noop("{size} are free."),
    "space_no": noop(
        "Only {size} are free, and 300 MB are wanted. In a private window this is always so: use an ordinary one."
    ),
    "space_unknown": noop("This browser does not say how much is free."),
    "trial_yes": noop("It was written, read again and removed."),
    "trial_no": noop("It could not be read again. Do not use this browser for the visit."),
    "check_failed": noop("This check broke off: {problem}"),
    "prepare_know": noop("Good to know"),
    "know_private": noop("Do not use a private window: everything in it goes when it is closed."),
    "know_clear": noop("Do not clear the browser’s history while answers wait."),
    "know_send": noop(
        "After the visit, open the workbook with a network and wait until the bar says that all answers "
        "are with the office."
    ),
    "no_storage_title": noop("This browser keeps nothing"),
    "no_storage": noop("It cannot store answers, so working without a network is not safe here."),
    "no_storage_window": noop("If this is a private window, open the page in an ordinary one."),
    "no_storage_paper": noop(
        "You can print the workbook and key it in later, or fill in the spreadsheet and send it back: "
        "both are on the page of the review."
    ),
    "no_storage_online": noop("With a network, the ordinary pages of the review work as always."),
    "no_storage_back": noop("Go to the site"),
    "shared_title": noop("Who uses this device?"),
    "shared_label": noop("This device is shared or kept in a secure place"),
    "shared_what": noop(
        "Then your answers cannot be read here once they are sent. After five minutes without use, or when you sign "
        "out, everything that can be read is removed. Answers that are not sent yet stay here, locked. To go on you "
        "need a network and sign in again."
    ),
    "shared_yes": noop("This device is shared: after five minutes without use it closes and nothing can be read."),
    "shared_no": noop("This device is only yours: the workbook stays open on it until you sign out."),
    "shared_no_key": noop("This needs a network once. Connect, then choose it again."),
}
