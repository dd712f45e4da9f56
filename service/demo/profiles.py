"""What the children of Inventshire bring with them: five invented stories, told in the words of a referral."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Why a child is referred, what helps, and what they say."""

    needs: tuple[str, ...]
    reason: str
    why: str
    attainment: str
    behaviour: str
    support: str
    causes: str
    tried: str
    effect: str
    goal: str
    says: str
    parent_says: str
    mental_health: str | None = None
    physical_health: str | None = None


READING = Profile(
    ("SPLD", "SEMH"), "BHS", "Leaves lessons whenever reading aloud is expected; three suspensions this year.",
    "Working at the level expected in maths, three years behind in reading.",
    "Walks out when asked to read; settles with a quiet task and a familiar adult.",
    "Short tasks, coloured overlays, a calm place.", "Dyslexia that was not identified until year 8.",
    "Reading recovery and a mentor in school.", "Reading improved by six months; behaviour did not.",
    "Read at the level expected for the age", "I would like to make things.", "Agrees, if English goes on.",
)  # fmt: skip
ANXIOUS = Profile(
    ("SEMH",), "MHN", "Has not come into the building for seven weeks; the clinic advises a small setting.",
    "At the level expected in all subjects until last year.", "Quiet and polite; freezes in corridors.",
    "Groups of no more than five, a key adult, a way out.", "Anxiety after a bereavement.",
    "Part-time timetable and a room of their own.", "Came twice a week for a month, then not at all.",
    "Attend every day", "I can do it if it is small.", "Relieved that something happens.",
    mental_health="Anxiety disorder, weekly sessions at the clinic.",
)  # fmt: skip
ANGRY = Profile(
    ("SEMH", "SLCN"), "BHS", "Fights at break; has hurt two pupils this term.",
    "A year behind in English and maths.", "Quick to anger when teased, sorry afterwards.",
    "Warnings before changes, a mentor at break, help with words.", "Language is two years behind; cannot say what is wrong.",
    "Mentor at break, speech and language therapy.", "Fewer fights for half a term.",
    "Ask for help before it boils over", "I want to work outside.", "Wants a fresh start.",
)  # fmt: skip
AUTISTIC = Profile(
    ("ASD", "SEMH"), "BHS", "The noise and changes of a large school end in daily crises.",
    "Far ahead in maths, behind in writing.", "Needs to know what comes next; runs when overwhelmed.",
    "A written plan of the day, ear defenders, one room.", "Autism; two house moves in a year.",
    "A base in school and a teaching assistant.", "Crises fell from daily to weekly, then rose again.",
    "Stay in the room for a whole session", "Too loud there.", "Agrees, wants the plan to name the adult.",
)  # fmt: skip
UNWELL = Profile(
    ("OTH",), "PHN", "In treatment until spring; the hospital advises short days near home.",
    "At the level expected.", "Cheerful, tires quickly.", "Rest after an hour, no stairs.",
    "Treatment for a long illness.", "Work sent home.", "Kept up in maths, fell behind in science.",
    "Keep up with the class in English and maths", "I miss my friends.", "Grateful; worried about science.",
    physical_health="In treatment; a plan for emergencies is with the school nurse.",
)  # fmt: skip
