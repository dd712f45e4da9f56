"""Who a child is, who cares for them, and what they need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from domain import child_events as e
from domain.codes import SenProvision, Sex, YearGroup
from domain.facts.needs import Need
from domain.facts.people import Carer, EhcPlan, LookedAfter, SocialWorker
from domain.identifiers import Identifier
from domain.keeping import Keeping
from domain.record import remembers


class Identity(Keeping):
    """The part of a child's record that tells of the child as a person. `Schooling` goes on from here."""

    def begin(self) -> None:
        super().begin()
        self.given_names = self.family_name = ""
        self.born_on: date | None = None
        self.sex: Sex = "U"
        self.authority_id: UUID | None = None
        self.year_group: YearGroup | None = None
        self.identifiers: list[Identifier] = []
        self.carers: dict[str, Carer] = {}
        self.sen_provision: SenProvision | None = None
        self.sen_needs: tuple[Need, ...] = ()
        self.ehc_plan: EhcPlan | None = None
        self.looked_after: LookedAfter | None = None
        self.social_worker: SocialWorker | None = None

    @property
    def name(self) -> str:
        """Given and family names, as people say them."""
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def ever_had_special_needs(self) -> bool:
        """Whether special educational needs or an EHC plan were ever recorded."""
        return any(
            isinstance(v, e.EhcPlanRecorded) or (isinstance(v, e.SenRecorded) and v.provision != "N")
            for v in self.events
        )

    @property
    def ever_looked_after(self) -> bool:
        """Whether the child ever was in the care of an authority."""
        return any(isinstance(v, e.LookedAfterRecorded) for v in self.events)

    @property
    def ever_on_child_protection(self) -> bool:
        """Whether the child ever was on a child protection plan."""
        return any(
            isinstance(v, e.SocialWorkerRecorded) and v.social_worker.plan == "child_protection"
            for v in self.events
        )

    @remembers
    def registered(self, event: e.ChildRegistered) -> None:
        self._details(event)
        self.authority_id, self.year_group = event.authority_id, event.year_group
        self.identifiers = list(event.identifiers)

    @remembers
    def details_changed(self, event: e.DetailsChanged) -> None:
        self._details(event)

    def _details(self, event: e.ChildRegistered | e.DetailsChanged) -> None:
        self.given_names, self.family_name, self.sex = event.given_names, event.family_name, event.sex
        try:
            self.born_on = date.fromisoformat(event.born_on)
        except ValueError:  # the words were erased
            self.born_on = None

    @remembers
    def year_group_set(self, event: e.YearGroupSet) -> None:
        self.year_group = event.year_group

    @remembers
    def identifier_added(self, event: e.IdentifierAdded) -> None:
        self.identifiers.append(event.identifier)

    @remembers
    def identifier_retired(self, event: e.IdentifierRetired) -> None:
        self.identifiers = [i for i in self.identifiers if i != event.identifier]

    @remembers
    def carer_recorded(self, event: e.CarerRecorded) -> None:
        known, carer = self.carers.get(event.carer.name), event.carer
        if known is not None and carer.may_be_told is None:
            carer = replace(carer, may_be_told=known.may_be_told)
        self.carers[carer.name] = carer

    @remembers
    def sen_recorded(self, event: e.SenRecorded) -> None:
        self.sen_provision, self.sen_needs = event.provision, event.needs

    @remembers
    def ehc_plan_recorded(self, event: e.EhcPlanRecorded) -> None:
        self.ehc_plan, self.sen_provision = event.plan, "E"

    @remembers
    def ehc_plan_ceased(self, event: e.EhcPlanCeased) -> None:
        self.ehc_plan = None

    @remembers
    def looked_after_recorded(self, event: e.LookedAfterRecorded) -> None:
        self.looked_after = event.looked_after

    @remembers
    def looked_after_ended(self, event: e.LookedAfterEnded) -> None:
        self.looked_after = None

    @remembers
    def social_worker_recorded(self, event: e.SocialWorkerRecorded) -> None:
        self.social_worker = event.social_worker

    @remembers
    def social_work_ended(self, event: e.SocialWorkEnded) -> None:
        self.social_worker = None
