"""What people are told of a placement: danger, breakdown, what follows, reviews, who withdraws."""

from __future__ import annotations

from domain.templates.template import Template, Words

ABOUT_A_PLACEMENT = (
    Template(
        "safeguarding_concern",
        "Urgent: a safeguarding concern stopped a placement",
        {
            "officers": Words(
                "A safeguarding concern was reported about {child} at {provider} on {day}. The placement has stopped.",
                "Read the record now, follow your safeguarding procedure, and see where the child is tomorrow.",
                "Now.",
            ),
            "provider": Words(
                "A safeguarding concern was reported on {day} about a child placed with you. The placement has stopped.",
                "Speak to nobody but the commissioner about it, keep all records, and wait to be contacted.",
                "Now.",
            ),
        },
        "at_once",
    ),
    Template(
        "placement_broke_down",
        "A placement has broken down",
        {
            "officers": Words(
                "The placement of {child} at {provider} broke down on {day}.",
                "See what was decided for tomorrow, and what comes after it: a review, a successor, or a way back.",
                "{due}",
            ),
            "provider": Words(
                "The placement of {child} with you was recorded as broken down on {day}.",
                "Give the commissioner your account and the end report.",
            ),
            "parents": Words(
                "The placement of {child} at {provider} cannot go on as it was, since {day}. For the next school day: {tomorrow}.",
                "You will be asked what you and {child} want to happen next. Until then ring {organisation} and ask for {officer}.",
            ),
        },
    ),
    Template(
        "day_without_education",
        "A child has no education tomorrow, and it is yours to answer",
        {
            "officers": Words(
                "{child} has no education from {from_day} on: {days} so far.",
                "Arrange education for the next school day, or record who does.",
                "{due}",
            ),
        },
    ),
    Template(
        "placement_at_risk",
        "Placements are at risk because of a provider",
        {
            "officers": Words(
                "{provider}: {what}, since {day}. The placement of {child} is at risk.",
                "Open the record. If the rules do not let it go on, it has stopped, and another message says where the child is "
                "tomorrow. If they do, decide whether the child may stay, and see that there is somewhere to go.",
                "{due}",
            ),
            "provider": Words(
                "{what}, since {day}. Placements with you are at risk.",
                "Send the commissioner what is missing.",
                "{due}",
            ),
            "parents": Words(
                "Something at {provider} has changed: {what}. We are looking at whether {child} can go on there.",
                "You need not do anything yet. If you have questions, ring {organisation} and ask for {officer}.",
            ),
        },
    ),
    Template(
        "review_missed",
        "A review was not held when it was due",
        {
            "officers": Words(
                "The review of {child} at {provider} was due on {due_day} and is not recorded.",
                "Hold it, or record it if it was held.",
                "{due}",
            ),
        },
    ),
    Template(
        "family_withdraws",
        "A family wants to end a placement",
        {
            "officers": Words(
                "{who} said on {day} that the placement of {child} at {provider} should end.",
                "Speak to the family, see where the child is tomorrow, and decide what follows.",
                "{due}",
            ),
        },
    ),
    Template(
        "early_annual_review",
        "An early annual review of an EHC plan is asked for",
        {
            "officers": Words(
                "The placement of {child}, who has an education, health and care plan, broke down on {day}.",
                "Hold the annual review early: the provision in section F has to be secured all the same.",
                "{due}",
            ),
        },
    ),
    Template(
        "looked_after_placement_broke_down",
        "A placement of a child in care has broken down",
        {
            "officers": Words(
                "The placement of {child}, who is looked after, broke down at {provider} on {day}. For the next school day: {tomorrow}.",
                "Bring the personal education plan up to date, and see that the child is in education.",
                "{due}",
            ),
            "parents": Words(
                "The placement of {child} at {provider} broke down on {day}. For the next school day: {tomorrow}.",
                "Ring {organisation} and ask for {officer}: the care plan and the personal education plan need to follow.",
            ),
        },
    ),
)  # fmt: skip
