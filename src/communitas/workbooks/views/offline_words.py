"""The words of the offline workbook. The shell carries them as JSON; `{names}` in them are filled in on the device."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext_lazy, pgettext

from communitas.workbooks.views.offline_words_of_pin import PIN, PIN_COUNTED
from communitas.workbooks.views.offline_words_of_preparing import PREPARING

Words = Mapping[str, str | Mapping[str, str]]

_ONE: Final[Mapping[str, str]] = {
    # Where things stand
    "start_title": noop("Offline workbook"),
    "start_lead": noop("These workbooks are on this device. You can work in them without a network."),
    "empty_title": noop("No workbook is on this device yet"),
    "empty_what": noop("A workbook that you prepare stands here, and you answer in it without a network."),
    "empty_how": noop("Open the page of your review and choose ‘Work without a network’."),
    "starting": noop("The workbook is being opened."),
    "crumbs": noop("Where this page stands"),
    "back_to_site": noop("Back to the site"),
    "self_of": noop("Self-review of {name}"),
    "peer_of": noop("Peer-review of {name}"),
    "of": noop("{done} of {total}"),
    "all_sections": noop("All sections"),
    "sections": noop("Sections"),
    "search": noop("Find a criterion"),
    "nothing_found": noop("No criterion has these words."),
    "open_online": noop("Open this review on the site"),
    "own_scores": noop("My own scores"),
    "agreed_scores": noop("Agreed scores"),
    "finished": noop("You have said that your own scores are finished. The team sees them as soon as they are sent."),
    "not_finished": noop("Nobody on the team sees your scores until you have finished or the discussion opens."),
    "finish": noop("I have finished"),
    "go_on": noop("Go on scoring"),
    "other_waits": noop(
        "{initials} has {count} unsent on this device. They are locked: only the office’s server opens them."
    ),
    "other_save": noop("Save their sealed copy"),
    "other_saved": noop("Saved. Nobody can read it here. Bring it to the office: My devices, Bring back a saved copy."),
    "other_open": noop("Nothing is sealed for them yet. They sign in here once, or the office helps."),
    "handed_over_confirm": noop("Say there that they are yours, and they are added"),
    "fetching": noop("Fetching the workbook"),
    "fetching_what": noop("It is being put on this device. This takes a few seconds."),
    "not_here": noop("This workbook is not on this device"),
    "not_here_what": noop(
        "It can be fetched when there is a network and you may read it. Nothing that you wrote is lost."
    ),
    "nothing_here": noop("Nothing is on this device yet"),
    "nothing_here_what": noop("Open this page once with a network and sign in. After that it works without one."),
    "sign_in_first": noop("Sign in to begin"),
    "sign_in_first_what": noop(
        "After you have signed in, the workbook is put on this device and works without a network."
    ),
    # A section
    "own_lead": noop(
        "Score what you saw and heard yourself. Nobody on the team sees your scores until you have "
        "finished or the discussion opens."
    ),
    "agreed_lead": noop(
        "Everybody’s scores stand side by side. Agree on one, and say why where it differs from the community’s own."
    ),
    "read_only": noop("You can read this here. Nothing can be changed at the moment."),
    "show_open": noop("Show only what is not scored yet"),
    "show_all": noop("Show all criteria"),
    "nothing_open": noop("Nothing is left to score here"),
    "around": noop("Sections before and after"),
    "next_section": noop("Next: {name}"),
    "see_whole": noop("See the whole"),
    "keys": noop("Keys: 2 1 0 N to score, ↓ for the next, C to comment."),
    # A criterion
    "score_for": noop("Score for {code}"),
    "comment_on": noop("Comment on {code}"),
    "comment_hint": noop("What shows this? A sentence is enough."),
    "why_not_applicable": noop("Why it does not apply"),
    "why_differs": noop("Reason, where it differs from the self-score or is not applicable"),
    "more": noop("Guidance, evidence and last time"),
    "guidance": noop("Guidance"),
    "evidence": noop("What could show it"),
    "references": noop("References"),
    "community_wrote": noop("What the community wrote in {cycle}"),
    "team_wrote": noop("What the visit team wrote in {cycle}"),
    "start_from_last": noop("Start from last comment"),
    "last_action": noop("Action from last time: {action}"),
    "self_mark": noop("Self"),
    "agreed_mark": noop("Agreed"),
    "no_score": noop("No score"),
    "here_only": noop("only on this device"),
    "attached": noop("Attached: {names}"),
    "several_comments": noop("Two people wrote at the same time. Both texts stand here, one under the other."),
    "two_differ": noop("Two answers differ."),
    "choose_one": noop("Talk about it, then choose the one that you agree on."),
    "lead_decides": noop("The community lead decides after you have talked about it."),
    "choose": noop("Choose ‘{mark}’"),
    "reason_missing": noop("This answer waits for its reason. It is kept here and sent when the reason is there."),
    "put_aside": noop("The office has this answer, but put it aside: {sentence}"),
    # Notes and findings
    "findings_title": noop("What the team found"),
    "notes_title": noop("Notes for yourself"),
    "list_achievement": noop("Achievements"),
    "list_improvement": noop("Areas for improvement"),
    "list_feedback": noop("Feedback to the whole community"),
    "list_private_note": noop("Private notes"),
    "new_achievement": noop("What does the community do well?"),
    "new_improvement": noop("What could it work on?"),
    "new_feedback": noop("What will you tell everybody on the day?"),
    "new_private_note": noop("A note for yourself"),
    "note_private": noop("Only you ever see these."),
    "note_about": noop("It is about"),
    "note_whole": noop("the whole community"),
    "note_next": noop("Add another"),
    "note_none": noop("Nothing is written here yet."),
    "take_back": noop("Take back"),
    # The bar
    "nothing_kept": noop("No workbook is on this device"),
    "nothing_waits": noop("Everything is with the office"),
    "saving": noop("Saving…"),
    "saved_here": noop("Saved on this device {time}."),
    "sending": noop("Sending…"),
    "not_kept": noop(
        "This device could not keep your last words. They are still on this page: copy them, then try again."
    ),
    "idle_soon": noop(
        "Nobody has used this page for a while. In two minutes it closes, and what can be read is removed. "
        "Touch the page or press a key to go on."
    ),
    "idle_title": noop("Closed because nobody used it"),
    "stopped": noop("The office has stopped this device."),
    "gone": noop("You no longer have access to this workbook. What you wrote has been sent or is locked here."),
    "sign_in_to_go_on": noop("Sign in to get what others have written."),
    "act_send": noop("Send now"),
    "act_sign_in": noop("Sign in"),
    "act_again": noop("Try again"),
    "link_offline": noop("There is no network. They are sent by themselves when it is back."),
    "link_network": noop("The office could not be reached. We try again by ourselves."),
    "link_captive": noop(
        "Another page answered instead of the office: perhaps this network wants you to sign in to it first."
    ),
    "link_truncated": noop("The connection broke off in the middle. We try again by ourselves."),
    "link_server": noop("The office’s server has a problem. We try again by ourselves."),
    "link_busy": noop("The office’s server is busy. We try again by ourselves."),
    "link_old_app": noop("This page is too old for the office’s server. Close it and open it again; nothing is lost."),
    "link_refused": noop("The office’s server could not read this. Save a copy under ‘Sign out’ and tell the office."),
    "link_too_big": noop("One answer is too long to be sent. Shorten it, or save a copy under ‘Sign out’."),
    "link_somebody_else": noop("Somebody else has signed in here."),
    "new_version": noop("A new version of this page is ready."),
    "new_version_waits": noop("A new version of this page waits until everything is sent."),
    "held_title": noop("Put aside by the office’s server"),
    "held_what": noop(
        "These answers arrived and are kept, but not in the workbook. The lead or the office decides "
        "what becomes of them."
    ),
    # Signing in and out
    "sign_in": noop("Sign in"),
    "sign_in_title": noop("Sign in to send"),
    "sign_in_why": noop("Your session has ended. Everything that you wrote is on this device and stays there."),
    "sign_in_login": noop("Username or e-mail address"),
    "sign_in_password": noop("Password"),
    "sign_in_later": noop("Later"),
    "sign_in_other_way": noop("Sign in another way (opens beside this page)"),
    "sign_in_check": noop("I have signed in"),
    "sign_in_wrong": noop("The username or the password is not right. Please try again."),
    "sign_in_slow": noop("There were too many attempts. Please wait a few minutes."),
    "sign_in_failed": noop("The server did not answer as expected. Please try again."),
    "sign_in_no_network": noop("There is no network. You can go on writing and sign in later."),
    "sign_in_second_step": noop("Your account needs a second step: choose ‘Sign in another way’."),
    "signed_in": noop("You are signed in."),
    "leave_title": noop("Sign out of this device"),
    "leave_none": noop("Everything is with the office. What can be read here is removed from this device."),
    "leave_do": noop("Sign out"),
    "leave_send": noop("Send first"),
    "leave_send_what": noop("We send them now. When all have arrived, you are signed out."),
    "leave_send_do": noop("Send and sign out"),
    "leave_copy": noop("Take a sealed copy with you"),
    "leave_copy_what": noop(
        "You get a file that only the office’s server can open. Anybody on your team may hand it in. "
        "They stay locked here too."
    ),
    "leave_copy_do": noop("Save a sealed copy and sign out"),
    "leave_lock": noop("Keep them locked here"),
    "leave_lock_what": noop("They stay on this device, locked, and are sent when you next sign in here."),
    "leave_lock_do": noop("Lock and sign out"),
    "leaving": noop("Signing out…"),
    "left_title": noop("You are signed out"),
    "left_clean": noop("Nothing of yours can be read on this device."),
    "left_later": noop(
        "There is no network now; your session on the server ends when this page is next opened with one."
    ),
    "no_key": noop(
        "A sealed copy needs the office’s key, and this device does not have it yet. Connect once, then try again."
    ),
    "stopped_title": noop("This device has been stopped"),
    "gone_title": noop("You no longer have access to this workbook"),
    "gone_what": noop(
        "It has been removed from this device. What you wrote has been sent to the office, which "
        "decides what becomes of it."
    ),
    **PREPARING,
    **PIN,
}

_MANY: Final = {
    "section_lead": ngettext_lazy(
        "{count} criterion. Talk it through together, choose the mark you agree on, and say what shows it.",
        "{count} criteria. Talk each one through together, choose the mark you agree on, and say what shows it.",
        "number",
    ),
    "all_at_office": ngettext_lazy(
        "The one answer is with the office", "All {count} answers are with the office", "number"
    ),
    "only_here": ngettext_lazy(
        "{count} answer only on this device since {time}", "{count} answers only on this device since {time}", "number"
    ),
    "sign_in_to_send": ngettext_lazy("Sign in to send {count}", "Sign in to send {count}", "number"),
    "need_decision": ngettext_lazy("{count} needs a decision", "{count} need a decision", "number"),
    "evicted": ngettext_lazy(
        "This browser removed the offline copy; the office holds {count}",
        "This browser removed the offline copy; the office holds {count}",
        "number",
    ),
    "handed_over": ngettext_lazy(
        "{count} answer that was locked here is with the office.",
        "{count} answers that were locked here are with the office.",
        "number",
    ),
    "wait_reason": ngettext_lazy("{count} waits for its reason.", "{count} wait for their reasons.", "number"),
    "held": ngettext_lazy(
        "{count} was put aside; the review’s first page says why.",
        "{count} were put aside; the review’s first page says why.",
        "number",
    ),
    "leave_unsent": ngettext_lazy(
        "{count} answer is only on this device. What shall become of it?",
        "{count} answers are only on this device. What shall become of them?",
        "number",
    ),
    "leave_not_sent": ngettext_lazy(
        "{count} could not be sent yet. Choose again, or wait for a better network.",
        "{count} could not be sent yet. Choose again, or wait for a better network.",
        "number",
    ),
    "left_locked": ngettext_lazy(
        "{count} answer stays on this device, locked. It is sent when you sign in here again.",
        "{count} answers stay on this device, locked. They are sent when you sign in here again.",
        "number",
    ),
    "stopped_what": ngettext_lazy(
        "What could be read here is gone. {count} unsent answer stays, locked: sign in here to hand it over.",
        "What could be read here is gone. {count} unsent answers stay, locked: sign in here to hand them over.",
        "number",
    ),
    "prepared_no": ngettext_lazy(
        "{count} thing is not ready. Each line says what to do.",
        "{count} things are not ready. Each line says what to do.",
        "number",
    ),
    "book_yes": ngettext_lazy(
        "{count} criterion is on this device, whole.", "{count} criteria are on this device, whole.", "number"
    ),
    "earlier_yes": ngettext_lazy(
        "{count} earlier entry is on this device.", "{count} earlier entries are on this device.", "number"
    ),
    "clock_no": ngettext_lazy(
        "It is {count} minute off. Answers are kept all the same; put it right so that times make sense.",
        "It is {count} minutes off. Answers are kept all the same; put it right so that times make sense.",
        "number",
    ),
    **PIN_COUNTED,
}
_NUMBERS: Final = {"one": 1, "other": 2}


def words() -> Words:
    """Every word by its name; where a number decides, its forms by the categories of Intl.PluralRules."""
    found: dict[str, str | Mapping[str, str]] = {name: _(text) for name, text in _ONE.items()}
    found |= {"mark_2": pgettext("score", "Met"), "mark_1": pgettext("score", "Partly met")}
    found |= {"mark_0": pgettext("score", "Not met"), "not_applicable": pgettext("score", "Not applicable")}
    found |= {"not_scored": pgettext("score", "Not scored yet"), "essential": pgettext("level", "essential")}
    found |= {"expected": pgettext("level", "expected"), "desirable": pgettext("level", "desirable")}
    for name, text in _MANY.items():
        found[name] = {form: str(text % {"number": number}) for form, number in _NUMBERS.items()}
    return found
