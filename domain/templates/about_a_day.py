"""What people are told of a child's days: absence, attendance, hours."""

from __future__ import annotations

from domain.templates.template import Template, Words

ABOUT_A_DAY = (
    Template(
        "unexplained_absence",
        "An absence has no reason yet",
        {
            "officers": Words(
                "{child} was not at {provider} on {day}, and nobody has said why.",
                "Ring the family, find out where the child is, and record what you learn. If you cannot find out, "
                "follow your procedure for a child whose whereabouts are unknown.",
                "Today.",
            ),
            "provider": Words(
                "You reported {child} absent on {day}, and no reason is known.",
                "If the child arrives, or you hear from the family, report it at once.",
                "Today.",
            ),
            "parents": Words(
                "{child} was not at {provider} on {day}. We do not know why, and we want to be sure that all is well.",
                "Please ring {organisation} and ask for {officer}. If {child} is with you, tell us why they stayed away. "
                "If you do not know where {child} is, ring the police on 999.",
                "Today, please.",
            ),
        },
    ),
    Template(
        "unexplained_absences_in_a_row",
        "Several unexplained absences in a row: a concern is open",
        {
            "officers": Words(
                "{child} has missed {sessions} half-days in a row at {provider} without a reason, the last on {day}. "
                "A concern was opened.",
                "Speak to the family and the provider, and settle the concern: what is in the way, and what will change.",
            ),
            "provider": Words(
                "{child} has missed {sessions} half-days in a row, the last on {day}. The commissioner has an open concern.",
                "Tell the commissioner what you know, and what would help the child to come back.",
            ),
            "parents": Words(
                "{child} has not been at {provider} for {sessions} half-days in a row, the last on {day}.",
                "Please ring {organisation} and ask for {officer}. We want to know what is in the way and how we can help.",
            ),
        },
    ),
    Template(
        "day_not_reported",
        "A day's attendance was not reported",
        {
            "officers": Words(
                "{provider} has not said whether {child} was there on {day}. It was asked to.",
                "Ring the provider, and find out where the child is. If nobody knows, follow your procedure for a child whose "
                "whereabouts are unknown.",
                "Today.",
            ),
            "provider": Words(
                "Nothing is recorded of whether {child} was with you on {day}.",
                "Report the day, and any since, also if the child was not expected or not there. If you do not know where the "
                "child is, ring the commissioner at once.",
                "Today.",
            ),
        },
    ),
    Template(
        "attendance_below_target",
        "Attendance is below what was agreed: a review is open",
        {
            "officers": Words(
                "{child} attended {percent} of sessions at {provider} between {from_day} and {day}; {target} was agreed. "
                "A review was called.",
                "Hold the review with the child, the family and the provider, and decide whether the placement is still right.",
                "{due}",
            ),
            "provider": Words(
                "{child} attended {percent} of sessions between {from_day} and {day}; {target} was agreed. A review was called.",
                "Prepare what you know of the reasons, and what you have tried.",
                "{due}",
            ),
            "parents": Words(
                "{child} has come to {percent} of the sessions at {provider} since {from_day}. We had agreed on {target}. "
                "We will meet to talk about it.",
                "We will invite you and {child}. Please think about what makes it hard to go, and what would help. You can "
                "ring {organisation} and ask for {officer} before then.",
            ),
        },
    ),
    Template(
        "hours_below_contract",
        "Fewer hours were delivered than agreed",
        {
            "officers": Words(
                "{provider} delivered {hours} hours to {child} between {from_day} and {day}; {agreed} were agreed.",
                "Ask the provider why, and have the missing hours made good or the contract changed.",
            ),
            "provider": Words(
                "By your own reports you delivered {hours} hours to {child} between {from_day} and {day}; {agreed} were agreed.",
                "Tell the commissioner why, and when the missing hours will be made good.",
            ),
        },
        "digest",
    ),
)  # fmt: skip
