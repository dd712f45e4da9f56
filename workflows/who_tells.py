"""Who may have people told, send again what did not arrive, and say how people are reached: rows of the table of permissions."""

from __future__ import annotations

from domain.people import Role
from workflows.relations import OFFICERS, OVERSEERS, May, any_of, for_own_organisation, the_service_itself
from workflows.relations_to_messages import about_what_they_answer_for, of_the_message, oneself

ORGANISATION = for_own_organisation(Role.ADMINISTRATOR)

WHO_TELLS: dict[str, May] = {
    "tell": about_what_they_answer_for(*OFFICERS, *OVERSEERS),
    "address_message": the_service_itself,
    "hold_message": the_service_itself,
    "record_handed_over": the_service_itself,
    "record_failed_try": the_service_itself,
    "give_up_message": the_service_itself,
    "record_not_sent": the_service_itself,
    "let_go_stale": the_service_itself,
    "make_digest": the_service_itself,
    "send_again": of_the_message(*OFFICERS, *OVERSEERS, Role.ADMINISTRATOR),
    "set_person_contact": any_of(ORGANISATION, oneself),
    "set_office_contact": ORGANISATION,
    "add_endpoint": ORGANISATION,
    "remove_endpoint": ORGANISATION,
    "open_calendar_address": oneself,
    "close_calendar_address": any_of(ORGANISATION, oneself),
}
"""Every such command and who may give it."""
