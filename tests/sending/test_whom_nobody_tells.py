"""A carer who must not know where the child is gets no message, whatever asks for one and whenever that came on record."""

from __future__ import annotations

from domain.child import Child
from tests.sending.conftest import Mailbox, Service
from tests.support.walk import CHILD, THE_SERVICE

MOTHER = {"name": "Mona Sample", "relationship": "mother", "contact": "mona.sample@mail.example"}
FATHER = {"name": "Felix Sample", "relationship": "father", "contact": "felix.sample@mail.example"}


def _record(service: Service, carer: dict[str, str], **more: object) -> None:
    service.walk.do("record_carer", CHILD, THE_SERVICE, carer={**carer, **more})


def test_of_two_parents_only_the_one_who_may_be_told_is_told(service: Service, mailbox: Mailbox) -> None:
    _record(service, MOTHER)
    _record(service, FATHER, may_be_told=False)
    message = service.tell("parent")
    service.send()
    assert [mail["To"] for mail in mailbox.mails] == [MOTHER["contact"]]
    assert list(service.get(message).deliveries) == ["carer:0"]


def test_that_nobody_may_be_told_is_recorded_and_is_no_failure(service: Service, mailbox: Mailbox) -> None:
    _record(service, FATHER, may_be_told=False)
    message = service.tell("parent")
    service.send()
    assert service.get(message).undeliverable == "must_not_be_told"
    assert mailbox.mails == []


def test_what_waits_already_is_not_sent_when_it_comes_on_record(service: Service, mailbox: Mailbox) -> None:
    _record(service, FATHER)
    mailbox.answers = ["451 Try again later"]
    message = service.tell("parent")
    service.send()
    assert service.get(message).deliveries["carer:0"].state == "waiting"
    _record(service, FATHER, may_be_told=False)
    service.clock.moment = service.clock.moment.replace(hour=15)
    service.send()
    assert service.get(message).deliveries["carer:0"].code == "must_not_be_told"
    assert mailbox.mails == []


def test_a_new_address_does_not_lift_it_and_only_a_person_does(service: Service) -> None:
    _record(service, FATHER, may_be_told=False)
    _record(service, FATHER, contact="felix@another.example")
    assert service.history.get(Child, CHILD).carers["Felix Sample"].may_be_told is False
    _record(service, FATHER, may_be_told=True)
    assert service.history.get(Child, CHILD).carers["Felix Sample"].may_be_told is True
