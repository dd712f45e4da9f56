"""The life of one placement from its first day on: progress, reviews, trouble and the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from domain.people import Asker
from service.demo.life import Life
from service.demo.people import COUNCIL, NAMED_OFFICER, SAFEGUARDING

A_WEEK = timedelta(days=7)
"""A start is recorded no further ahead."""
EVERYONE = ["child", "parent", "provider", "commissioner"]


class LifeThere(Life):
    """A placement that has begun."""

    def prepared(self) -> None:
        """Everything between the contract and the first day."""
        self.risk_assessed()
        self.arranged()

    def arranged(self) -> None:
        """Transport, meals, reports, the plan for a breakdown, and whatever the route asks for."""
        on = self.pace["risk"]
        self.do(on, "arrange_transport_and_meals", arrangement={
            "transport": "Taxi for a month, then the bus.", "free_school_meals": self.pupil.number % 3 == 0,
            "meals": "Lunch with the group.", "information_given_to": ["parent", "provider"],
        })  # fmt: skip
        self.do(on, "agree_reporting", reporting={
            "absence_told_to": "01632 960400", "parent_told_same_day": True, "progress_every_weeks": 4,
            "how": "Register by ten; a report every fourth Friday.",
        })  # fmt: skip
        self.do(on, "plan_contingency", contingency={
            "tomorrow": "home_school", "what": "Back in the base at school; tuition from the third day.",
            "owner": "Inclusion officer",
        })  # fmt: skip
        if self.route == "off_site_direction":
            self.noticed()
        if self.commissioner is not COUNCIL:
            self.do(
                on, "inform_local_authority", informed={"on": str(self.day(on)), "officer": "Named officer"}
            )

    def noticed(self) -> None:
        """Serve the notice of an off-site direction."""
        on = self.pace["risk"]
        self.do(on, "serve_notice", notice={
            "served_on": str(self.day(on)), "to": ["parent", "local_authority"], "address": "1 Example Lane, Inventon",
            "report_to": self.setting.person, "days": 60, "reasons": self.profile.why, "objectives": self.profile.goal,
            "session_times": "9.15 to 12.00 and 12.45 to 15.00", "review": "Every four weeks.",
        })  # fmt: skip

    def started(self, first_review: int = 15) -> None:
        """Everything up to and with the first day."""
        self.contracted()
        self.prepared()
        self.begun(first_review)

    def begun(self, first_review: int = 15) -> None:
        """Put it into effect."""
        due = self.days.first_review(self.first_day, first_review)
        far = self.first_day - self.day(self.pace["start"]) > A_WEEK
        on = 0 if far else self.pace["start"]
        self.do(on, "start_placement", on=str(self.first_day), first_review_on=str(due))
        self.review_due = due
        self.attended_from.append((self.first_day, None))
        # One in six has no way out yet, though its half-term has come.
        if self.began > 8 and self.pupil.number % 6:
            self.exit_planned(5, self.days.later(self.days.today, 40))
        at_school = 10 - self.sessions if self.at_school is None else self.at_school
        if at_school and self.route != "section_19_exclusion" and not self.name:
            self.script.add(self.day(on), self.by, "set_school_sessions", self.pupil.id,
                            {"sessions_per_week": at_school}, hour=16)  # fmt: skip

    def stopped(self, on: int) -> None:
        """The child does not come any more after this day."""
        first, _ = self.attended_from.pop()
        self.attended_from.append((first, self.day(on)))

    def progressed(self, on: int, words: str = "Reads more, argues less.") -> None:
        """A report and a visit."""
        self.do(on, "report_progress", self.setting.staff, report={
            "on": str(self.day(on)), "academic": words, "social": "Has found a friend.", "attendance_percent": 88.0,
        })  # fmt: skip
        self.do(on, "log_contact", contact={
            "kind": "visit", "with_whom": ["child", "provider"], "on": str(self.day(on)),
            "notes": "Settled; showed what was made this week.", "child_seen": True,
        })  # fmt: skip

    def review_called(self, on: int, kind: str = "scheduled", by: Asker | None = None) -> None:
        """Call a review."""
        review = {"kind": kind, "meeting_on": str(self.days.later(self.day(on), 3)), "invited": EVERYONE}
        self.do(on, "call_review", by, review=review)

    def review_held(self, on: int, attended: list[str] = EVERYONE) -> None:
        """Write down what it found."""
        self.do(on, "record_review", held={
            "held_on": str(self.day(on)), "attended": attended, "attendance": "About 88 per cent.",
            "safety": "Feels safe, knows whom to tell.", "needs_met": "Yes; the key adult works well.",
            "progress": "On course towards both goals.",
        })  # fmt: skip

    def reviewed(self, on: int, wanted: int = 20) -> None:
        """A review from the call to the decision to go on."""
        self.review_called(max(0, on - 3))
        self.review_held(on)
        self.review_due = self.days.next_review(self.day(on), self.day(on), wanted)
        self.do(on, "continue_placement", because="It works; the return is being prepared.",
                next_review_on=str(self.review_due))  # fmt: skip

    def went_on(self, until: int | None = None) -> None:
        """Every review up to a day held when it was due, with a report of progress in between."""
        until = self.began - 1 if until is None else until
        while (due := self.on(self.review_due)) <= until:
            self.progressed(max(0, due - 2))
            self.reviewed(due)

    def on(self, day: date) -> int:
        """How many school days after the first one a day lies."""
        return self.days.school_days.count(self.first_day, day) - 1

    def broke_down(self, on: int, where: str, what: str, cause: str = "behaviour", **more: Any) -> None:
        """Record the breakdown with its answer."""
        self.do(on, "record_breakdown",
                breakdown={"cause": cause, "on": str(self.day(on)), "what_happened": "Left the site twice and did not go back.",
                           "tried": "Mentor, shorter day."},
                tomorrow={"where": where, "from_on": str(self.days.later(self.day(on), 1)), "what": what,
                          "owner": "Inclusion officer", **more})  # fmt: skip
        self.stopped(on)

    def worried_about(self, on: int) -> None:
        """A worry about the child's safety stops the placement."""
        self.do(on, "report_safeguarding_concern", self.setting.staff,
                concern={"on": str(self.day(on)), "what": "Says that an adult shouts at the children.",
                         "told": ["designated_safeguarding_lead", "lado"], "about_staff": True},
                tomorrow={"where": "home_school", "from_on": str(self.days.later(self.day(on), 1)),
                          "what": "Back in the base at school.", "owner": "Designated safeguarding lead"})  # fmt: skip
        self.do(on, "log_contact", NAMED_OFFICER if self.commissioner is COUNCIL else SAFEGUARDING, contact={
            "kind": "telephone", "with_whom": ["parent"], "on": str(self.day(on)), "notes": "Told the parent what happens now.",
        })  # fmt: skip
        self.stopped(on)

    def exit_planned(self, on: int, leaves_on: date, destination: str = "reintegration") -> None:
        """Agree how it ends and what comes next."""
        self.do(on, "plan_exit", plan={
            "leaves_on": str(leaves_on), "destination": destination,
            "readiness": "Attendance 92 per cent, calm for seven weeks.",
            "reintegration": "Two mornings, then full days; a mentor for half a term.",
            "agreed_with": ["child", "parent", "home_school"],
        })  # fmt: skip

    def ended(self, on: int, destination: str, where: str) -> None:
        """Plan the exit, hear everyone, and end it."""
        last = str(self.day(on))
        self.exit_planned(on - 6, self.day(on), destination)
        self.do(on - 1, "receive_end_report", self.setting.staff, report={
            "on": str(self.day(on - 1)), "attendance_percent": 92.0, "attendance": "Three absences, all authorised.",
            "achievement": self.profile.goal + ": reached.", "personal_social_emotional": "At ease in groups.",
            "sent_to": ["governing_body", "parent", "social_worker", "virtual_school"],
        })  # fmt: skip
        for whose, words in (("child", "It helped me."), ("parent", "A different child.")):
            self.do(
                on, "record_views", views={"whose": whose, "phase": "end", "asked_on": last, "words": words}
            )
        self.do(
            on, "record_destination", reached={"destination": destination, "from_on": last, "where": where}
        )
        self.do(on, "end_placement", on=last, why="Ready to move on; the review decided it with everyone.")
        self.stopped(on)
