"""What people are told, and whether they are told it: on the real database, by a real mail server."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.child import Child
from domain.facts.telling import Cause, Recipient
from domain.forgetting_events import ErasureApproved
from domain.message import message_id
from domain.people import Role
from domain.personal import ORDER
from domain.reasons import Invalid
from domain.record import Recording
from domain.templates.catalogue import TEMPLATES
from history.store import History
from projections.following import Following
from service.sending.by_smtp import BySmtp, Post
from tests.projections.filling import DECISION
from tests.sending.conftest import OFFICER, OFFICER_KEY, Mailbox, Service
from tests.support.walk import AUTHORITY, CHILD, MONDAY, PLACEMENT, SCHOOL, THE_SERVICE, person

LEAD = "lead@inventshire.example"


def test_the_named_officer_is_told_what_changed_what_to_do_and_where_to_look(
    service: Service, mailbox: Mailbox
) -> None:
    message = service.tell()
    service.send()
    [mail] = mailbox.mails
    assert mail["To"] == "nia@inventshire.example"
    assert mail["Subject"] == "An absence has no reason yet"
    text = mail.get_content()
    for said in (
        "What changed",
        "Monday 23 November 2026",
        "What to do",
        "Ring the family",
        "By when",
        "Today.",
    ):
        assert said in text
    assert f"https://placements.example/placements/{PLACEMENT}" in text
    assert service.get(message).deliveries[OFFICER_KEY].state == "handed_over"


def test_without_an_address_of_ours_whose_record_it_is_is_said_in_words(
    service: Service, mailbox: Mailbox
) -> None:
    service.address = None
    service.tell()
    service.send()
    [mail] = mailbox.mails
    child = service.history.get(Child, CHILD)
    initials = f"{child.given_names[0]}.{child.family_name[0]}."
    assert f"open the page of the placement of {initials} at Invented Workshop." in " ".join(
        mail.get_content().split()
    )


def test_neither_subject_nor_an_officers_words_hold_a_childs_name(service: Service, mailbox: Mailbox) -> None:
    child = service.history.get(Child, CHILD)
    service.tell()
    service.send()
    [mail] = mailbox.mails
    for name in (child.given_names, child.family_name):
        assert name
        assert name not in mail.as_string()
    assert f"{child.given_names[0]}.{child.family_name[0]}." in mail.get_content()


def test_a_parent_is_told_in_words_for_a_parent(with_a_parent: Service, mailbox: Mailbox) -> None:
    service = with_a_parent
    service.walk.do("set_office_contact", AUTHORITY, THE_SERVICE)
    service.tell("parent")
    service.send()
    [mail] = mailbox.mails
    assert mail["To"] == "mona.sample@mail.example"
    assert mail["Reply-To"] == "ap-team@inventshire.example"
    text = mail.get_content()
    assert "Please ring Inventshire Council and ask for Nia Example" in text
    assert "01632 960123" in text
    assert "placements.example" not in text
    assert "Sample" not in mail["Subject"]


def test_one_cause_tells_one_person_once_however_often_it_is_asked(
    service: Service, mailbox: Mailbox
) -> None:
    for _ in range(3):
        service.tell()
        service.send()
    assert len(mailbox.mails) == 1


def test_who_stands_in_two_relations_is_told_once(service: Service, mailbox: Mailbox) -> None:
    service.walk.do("grant_role", AUTHORITY, THE_SERVICE, role="safeguarding_lead")
    officer, lead = service.tell(), service.tell("safeguarding_lead")
    service.send()
    assert len(mailbox.mails) == 1
    assert {service.get(officer).undeliverable, service.get(lead).undeliverable} == {"", "told_already"}


def test_another_cause_is_another_message(service: Service, mailbox: Mailbox) -> None:
    service.tell()
    service.tell(cause=Cause(rule="an_absence", what="1/2"))
    service.send()
    assert len(mailbox.mails) == 2
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 2


def test_that_nobody_stands_in_the_relation_is_told_to_the_named_officer(
    service: Service, mailbox: Mailbox
) -> None:
    message = service.tell("safeguarding_lead")
    service.send()
    assert service.get(message).undeliverable == "nobody_found"
    [mail] = mailbox.mails
    assert mail["To"] == "nia@inventshire.example"
    assert mail["Subject"] == "Someone could not be told"
    assert "the safeguarding lead" in mail.get_content()


def test_that_a_parent_has_no_address_is_told_to_the_named_officer(
    service: Service, mailbox: Mailbox
) -> None:
    carer = {"name": "Mona Sample", "relationship": "mother", "contact": "lives with her sister"}
    service.walk.do("record_carer", CHILD, THE_SERVICE, carer=carer)
    message = service.tell("parent")
    service.send()
    assert service.get(message).deliveries["carer:0"].code == "no_address"
    [mail] = mailbox.mails
    assert mail["To"] == "nia@inventshire.example"
    assert "a parent or carer" in mail.get_content()
    assert "Mona" not in mail.as_string()


def test_a_failure_to_tell_of_a_failure_ends_there(service: Service, mailbox: Mailbox) -> None:
    service.walk.do("set_person_contact", AUTHORITY, THE_SERVICE, person_id=OFFICER, email=None, mobile=None)
    service.tell("safeguarding_lead")
    service.send()
    assert mailbox.mails == []
    before = service.history.head()
    service.send()
    assert service.history.head() == before


def test_a_carer_without_parental_responsibility_is_not_told(service: Service, mailbox: Mailbox) -> None:
    carer = {
        "name": "Uncle Sample",
        "relationship": "other",
        "contact": "uncle@mail.example",
        "parental_responsibility": False,
    }
    service.walk.do("record_carer", CHILD, THE_SERVICE, carer=carer)
    service.tell("parent")
    service.send()
    assert mailbox.to("uncle@mail.example") == []


def erase(history: History) -> None:
    """Destroy all keys of the child, as an approved erasure does."""
    child = history.get(Child, CHILD)
    child.under(Recording(DECISION, MONDAY, MONDAY.date()))
    words: dict[str, Any] = {"request": 1, "requested_by": "o", "ground": "no_longer_needed"}
    child.remember(ErasureApproved, categories=ORDER, **words)
    history.save(child)
    history.keys.carry_out(CHILD, child.version)


def test_a_person_who_holds_no_role_any_more_is_told_nothing_and_the_failure_is_told(
    service: Service, mailbox: Mailbox
) -> None:
    service.walk.do(
        "grant_role",
        AUTHORITY,
        THE_SERVICE,
        role="safeguarding_lead",
        person_id=LEAD,
        person_name="Lea Example",
    )
    service.reach(LEAD, "lea@inventshire.example")
    service.clock.moment = MONDAY.replace(hour=22)
    message = service.tell("safeguarding_lead")
    service.send()
    service.walk.do("revoke_role", AUTHORITY, THE_SERVICE, role="safeguarding_lead", person_id=LEAD)
    service.clock.moment = MONDAY.replace(hour=8) + timedelta(days=1)
    service.send()
    assert mailbox.to("lea@inventshire.example") == []
    [delivery] = service.get(message).deliveries.values()
    assert (delivery.state, delivery.code) == ("not_sent", "nobody_found")
    [mail] = mailbox.mails
    assert mail["Subject"] == "Someone could not be told"


def test_a_message_about_a_message_leads_to_what_that_one_was_about(
    service: Service, mailbox: Mailbox
) -> None:
    service.tell("safeguarding_lead")
    service.send()
    [mail] = mailbox.mails
    assert f"https://placements.example/placements/{PLACEMENT}" in mail.get_content()


def test_for_a_child_in_care_the_social_worker_is_told_what_a_parent_is(
    service: Service, mailbox: Mailbox
) -> None:
    corporate = {"name": "Inventshire Council", "relationship": "corporate_parent", "contact": "01632 960300"}
    worker = {
        "name": "Alex Example",
        "plan": "care",
        "since_on": "2025-06-02",
        "contact": "alex@council.example",
    }
    service.walk.do("record_carer", CHILD, THE_SERVICE, carer=corporate)
    service.walk.do("record_social_worker", CHILD, THE_SERVICE, social_worker=worker)
    service.tell("parent")
    service.send()
    [mail] = mailbox.mails
    assert mail["To"] == "alex@council.example"
    assert "as the social worker of this child" in mail.get_content()


def test_in_a_school_that_commissions_the_lead_hears_what_a_named_officer_does(
    service: Service, mailbox: Mailbox
) -> None:
    service.walk.do(
        "set_person_contact", SCHOOL, THE_SERVICE, person_id=LEAD, email="head@school.example", mobile=None
    )
    service.walk.do(
        "grant_role", SCHOOL, THE_SERVICE, role="school_lead", person_id=LEAD, person_name="Lea Example"
    )
    service.tell(to=Recipient(relation="named_officer", organisation_id=SCHOOL))
    service.send()
    assert [mail["To"] for mail in mailbox.mails] == ["head@school.example"]


def test_a_subject_stands_in_one_line() -> None:
    # RFC 5322 2.1.1: a line has no more than 78 characters, with the name of the header.
    assert [t.subject for t in TEMPLATES.values() if len(f"Subject: {t.subject}") > 78] == []


def test_an_erased_child_is_told_nothing(with_a_parent: Service, mailbox: Mailbox) -> None:
    service = with_a_parent
    parent, officer = service.tell("parent"), service.tell()
    erase(service.history)
    service.send()
    assert mailbox.mails == []
    assert service.get(parent).undeliverable == "erased"
    assert service.get(officer).undeliverable == "erased"


def test_a_message_that_is_no_longer_worth_telling_is_recorded_and_not_sent(
    service: Service, mailbox: Mailbox
) -> None:
    message = service.tell(tell_by=MONDAY + timedelta(hours=8))
    service.clock.moment = MONDAY + timedelta(days=7)
    service.send()
    assert mailbox.mails == []
    assert service.get(message).undeliverable == "stale"


def test_in_the_evening_it_waits_for_the_morning_and_safeguarding_does_not(
    service: Service, mailbox: Mailbox
) -> None:
    service.clock.moment = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    soon = service.tell()
    service.tell(cause=Cause(rule="an_absence", what="1/2"), urgency="at_once")
    service.send()
    assert len(mailbox.mails) == 1
    assert service.get(soon).deliveries[OFFICER_KEY].not_before == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    service.clock.moment = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    service.send()
    assert len(mailbox.mails) == 2


def test_waiting_for_the_morning_never_makes_it_too_late(service: Service, mailbox: Mailbox) -> None:
    service.clock.moment = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    service.tell(tell_by=datetime(2026, 11, 24, 0, 0, tzinfo=UTC))
    service.send()
    assert len(mailbox.mails) == 1


def test_what_is_not_urgent_comes_in_one_digest_a_day(service: Service, mailbox: Mailbox) -> None:
    for number in range(3):
        service.tell(cause=Cause(rule="an_absence", what=f"1/{number}"), urgency="digest")
    service.send()
    assert mailbox.mails == []
    service.clock.moment = datetime(2026, 11, 24, 7, 29, tzinfo=UTC)
    service.send()
    assert mailbox.mails == []
    service.clock.moment = datetime(2026, 11, 24, 7, 31, tzinfo=UTC)
    service.send()
    [mail] = mailbox.mails
    assert mail["Subject"] == "Your list for today"
    assert "3 things" in mail.get_content()
    assert mail.get_content().count("- ") >= 3
    service.tell(cause=Cause(rule="an_absence", what="1/9"), urgency="digest")
    service.send()
    assert len(mailbox.mails) == 1
    service.clock.moment = datetime(2026, 11, 25, 7, 31, tzinfo=UTC)
    service.send()
    assert len(mailbox.mails) == 2


def test_a_refused_address_is_a_dead_letter_at_once_and_can_be_sent_again(
    service: Service, mailbox: Mailbox
) -> None:
    mailbox.answers = ["550 no such person"]
    message = service.tell()
    service.send()
    delivery = service.get(message).deliveries[OFFICER_KEY]
    assert (delivery.state, delivery.code, delivery.attempts) == ("given_up", "refused", 1)
    assert mailbox.mails == []
    service.walk.do("send_again", message.id, person("senior", Role.SENIOR_OFFICER), to=OFFICER_KEY)
    service.send()
    assert len(mailbox.mails) == 1
    assert service.get(message).deliveries[OFFICER_KEY].attempts == 2


def test_a_person_may_not_send_again_what_is_on_its_way_or_went(service: Service, mailbox: Mailbox) -> None:
    message = service.tell()
    with pytest.raises(Invalid) as refused:
        service.walk.do("send_again", message.id, THE_SERVICE, to="")
    assert refused.value.reasons[0].code == "still_on_its_way"
    with pytest.raises(Invalid) as refused:
        service.walk.do("send_again", message.id, THE_SERVICE, to="officer:unknown")
    assert refused.value.reasons[0].code == "no_such_addressee"


def test_a_try_that_is_put_off_is_made_again_later_with_the_same_id(
    service: Service, mailbox: Mailbox
) -> None:
    mailbox.answers = ["451 later"]
    message = service.tell()
    service.send()
    delivery = service.get(message).deliveries[OFFICER_KEY]
    assert (delivery.state, delivery.code) == ("waiting", "put_off")
    assert delivery.not_before is not None
    assert MONDAY < delivery.not_before <= MONDAY + timedelta(seconds=20)
    service.send()
    assert mailbox.mails == []
    service.clock.moment = delivery.not_before
    service.send()
    assert len(mailbox.mails) == 1
    assert service.get(message).deliveries[OFFICER_KEY].attempts == 2


def test_after_a_day_of_tries_it_is_given_up_and_somebody_hears_of_it(
    service: Service, mailbox: Mailbox
) -> None:
    service.walk.do(
        "grant_role", AUTHORITY, THE_SERVICE, person_id="boss", person_name="Bo", role="senior_officer"
    )
    service.reach("boss", "boss@inventshire.example")
    mailbox.answers = ["451 later"] * 24
    message, sending = service.tell(urgency="at_once"), service.sending()
    for _ in range(24):
        service.send(sending)
        delivery = service.get(message).deliveries[OFFICER_KEY]
        service.clock.moment = delivery.not_before or service.clock.moment
    assert (delivery.state, delivery.attempts) == ("given_up", 24)
    assert timedelta(hours=15) < service.clock.moment - MONDAY < timedelta(hours=32)
    service.clock.moment = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    service.send()
    assert [mail["To"] for mail in mailbox.mails] == ["boss@inventshire.example"]


def test_while_the_mail_server_is_away_letters_wait_together(service: Service, mailbox: Mailbox) -> None:
    nobody = Post("127.0.0.1", 1, "ap@inventshire.example", "none")
    working = service.carriers
    service.carriers = type(working)(working.webhook, BySmtp(nobody, service.clock))
    asked = [service.tell(cause=Cause(rule="an_absence", what=f"1/{number}")) for number in range(5)]
    service.send(within=1)
    tried = [service.get(message).deliveries[OFFICER_KEY].attempts for message in asked]
    assert sum(tried) == 1
    service.carriers = working
    service.clock.moment += timedelta(minutes=1)
    service.send()
    assert len(mailbox.mails) == 5


def test_the_id_follows_from_cause_template_and_recipient() -> None:
    cause = Cause(rule="r", what="w")
    ids = {
        message_id(cause, "overdue", Recipient(relation="named_officer")),
        message_id(cause, "overdue", Recipient(relation="parent")),
        message_id(cause, "due_soon", Recipient(relation="parent")),
        message_id(Cause(rule="r", what="x"), "due_soon", Recipient(relation="parent")),
    }
    assert len(ids) == 4


def test_a_worker_sends_at_once_what_is_asked_for(service: Service, mailbox: Mailbox) -> None:
    stop = threading.Event()
    jobs = [Following(service.dsn, service.history), service.sending(), service.sending()]
    threads = [threading.Thread(target=job.run, args=[stop]) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        for number in range(20):
            service.tell(cause=Cause(rule="an_absence", what=f"1/{number}"))
        deadline = datetime.now(UTC) + timedelta(seconds=15)
        while len(mailbox.mails) < 20 and datetime.now(UTC) < deadline:
            stop.wait(0.05)
        stop.wait(1.0)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert len(mailbox.mails) == len({mail["Message-ID"] for mail in mailbox.mails}) == 20
