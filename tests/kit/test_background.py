import pytest
from django.core import mail as sent_mail

from communitas.kit import events, files, mail, slots, tasks
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Job, OutboxMail
from tests.cast import NOW, World


@tasks.task("test.count")
def count(up_to: int, *, progress: tasks.Progress) -> None:
    for number in range(1, up_to + 1):
        progress.step(f"Counting {number}", number, up_to)
    progress.result("/somewhere/")


@tasks.task("test.refuse")
def refuse(*, progress: tasks.Progress) -> None:
    raise NotAllowed("Nothing is there to count.")


def test_a_job_says_its_steps_and_where_its_result_is(world: World, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # the fixture has no public type
        job = tasks.start("test.count", 3, tenant=world.network.tenant, by=world.cora, at=NOW, title="Count")

    job.refresh_from_db()
    assert (job.state, job.step, job.done, job.total) == ("done", "Counting 3", 3, 3)
    assert job.result_url == "/somewhere/"
    assert job.finished_at is not None


def test_a_job_that_a_rule_refused_says_the_sentence(world: World, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # the fixture has no public type
        job = tasks.start("test.refuse", tenant=world.network.tenant, by=world.cora, at=NOW, title="Count")

    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.State.FAILED, "Nothing is there to count.")


def queue(world: World, subject: str = "Your visit") -> OutboxMail | None:
    return mail.queue(
        tenant=world.network.tenant, to="lena@people.example", subject=subject, template="kit/mail/plain.txt",
        context={"text": "Dear Lena & friends"}, at=NOW,
    )  # fmt: skip


def test_mail_leaves_after_the_commit_and_not_before(world: World, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # the fixture has no public type
        message = queue(world)
        assert sent_mail.outbox == []

    assert message is not None
    message.refresh_from_db()
    assert (message.state, message.tries) == ("sent", 1)
    assert [(sent.subject, sent.to, sent.body) for sent in sent_mail.outbox] == [
        ("Your visit", ["lena@people.example"], "Dear Lena & friends\n")
    ]


def test_a_message_is_sent_once_however_often_it_is_tried(world: World) -> None:
    message = queue(world)
    assert message is not None

    mail.send(message.pk)
    mail.send(message.pk)

    assert len(sent_mail.outbox) == 1


def test_a_line_break_in_a_subject_adds_no_header(world: World) -> None:
    message = queue(world, "Your visit\r\nBcc: everybody@people.example")

    assert message is not None
    assert message.subject == "Your visit Bcc: everybody@people.example"


def test_somebody_without_an_address_gets_no_mail(world: World) -> None:
    assert mail.queue(tenant=None, to="", subject="x", template="kit/mail/plain.txt", context={}, at=NOW) is None


def test_a_file_is_kept_once_and_read_back(world: World) -> None:
    put = {"tenant": world.network.tenant, "content": b"bytes", "name": "a.pdf", "media_type": "application/pdf"}

    first, second = files.put(**put, at=NOW), files.put(**put, at=NOW)  # type: ignore[arg-type]  # a dictionary of words

    assert first == second
    assert files.read(first) == b"bytes"


def test_the_same_bytes_of_two_tenants_are_two_files(world: World) -> None:
    kept = [
        files.put(tenant=network.tenant, content=b"twin", name="a.pdf", media_type="application/pdf", at=NOW)
        for network in (world.network, world.twin.network)
    ]

    assert kept[0] != kept[1]


def test_a_fact_reaches_each_subscriber_once() -> None:
    class Happened:
        pass

    heard: list[object] = []
    events.subscribe(Happened, heard.append)
    handler = heard.append
    events.subscribe(Happened, handler)

    fact = Happened()
    events.publish(fact)

    assert heard == [fact]


def test_a_slot_gathers_what_every_filler_knows() -> None:
    slot: slots.Slot[str] = slots.Slot("test")
    slot.fill(lambda ids: {number: "first" for number in ids if number != 2})
    slot.fill(lambda ids: {1: "second"})

    assert slot.ask([1, 2, 3]) == {1: ["first", "second"], 3: ["first"]}


@pytest.mark.parametrize("name", ["kit.send_mail"])
def test_the_kit_registers_its_own_tasks(name: str) -> None:
    assert name in tasks._named
