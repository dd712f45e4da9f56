"""Suspensions and exclusions: which kind, and for what."""

from __future__ import annotations

from typing import Literal

from domain.code_sets.code_set import Code, CodeSet
from domain.confidence import Mark

ExclusionType = Literal["SUSP", "PERM", "LNCH"]
"""Suspension, permanent exclusion, lunchtime exclusion (which counts as half a day)."""

ExclusionReason = Literal[
    "PP", "PA", "VP", "VA", "OW", "BW", "BU", "TB", "RA", "LG", "DS", "SM", "SB", "MB", "AB",
    "DR", "AR", "SR", "VR", "DA", "DM", "TH", "LD", "CB", "DB", "MT", "MP", "OS", "PH",
]  # fmt: skip
"""For what a child was suspended or excluded. A return takes up to three."""

EXCLUSION_REASONS_AT_MOST = 3
"""How many reasons a return takes for one exclusion, the first being the main one."""

EXCLUSION_TYPE = CodeSet(
    name="exclusion_type",
    mark=Mark.SECONDARY,
    source="DfE Common Basic Data Set, exclusion category",
    version="CBDS May 2026",
    codes=(
        Code("SUSP", "Suspension"),
        Code("PERM", "Permanent exclusion"),
        Code("LNCH", "Lunchtime exclusion"),
        Code(
            "FIXD", "Fixed-period exclusion", retired=True, becomes="SUSP", note="Old name of a suspension."
        ),
    ),
)

_LEGACY = "Looks like the older parent of finer codes; kept for history."

EXCLUSION_REASON = CodeSet(
    name="exclusion_reason",
    mark=Mark.SECONDARY,
    source="DfE Common Basic Data Set, exclusion reason",
    version="CBDS May 2026",
    codes=(
        Code("PP", "Physical assault against a pupil"),
        Code("PA", "Physical assault against an adult"),
        Code("VP", "Verbal abuse or threatening behaviour against a pupil"),
        Code("VA", "Verbal abuse or threatening behaviour against an adult"),
        Code("OW", "Use or threat of use of a weapon or prohibited item"),
        Code("BW", "Bringing a weapon or prohibited item on to the site"),
        Code("BU", "Bullying"),
        Code("TB", "Online bullying or threatening behaviour"),
        Code("RA", "Racist abuse"),
        Code("LG", "Abuse against sexual orientation or gender identity"),
        Code("DS", "Abuse relating to disability"),
        Code("SM", "Sexual misconduct"),
        Code("SB", "Harmful sexual behaviour"),
        Code("MB", "Misogyny"),
        Code("AB", "Misandry"),
        Code("DR", "Drugs"),
        Code("AR", "Alcohol"),
        Code("SR", "Smoking"),
        Code("VR", "Vaping"),
        Code("DA", "Drug and alcohol related", note=_LEGACY, mark=Mark.UNVERIFIED),
        Code("DM", "Damage"),
        Code("TH", "Theft"),
        Code("LD", "Persistent low-level disruption"),
        Code("CB", "Persistent challenging behaviour"),
        Code("DB", "Persistent or general disruptive behaviour", note=_LEGACY, mark=Mark.UNVERIFIED),
        Code("MT", "Misuse of social media or technology", note=_LEGACY, mark=Mark.UNVERIFIED),
        Code("MP", "Mobile phone"),
        Code("OS", "Misbehaviour outside school"),
        Code("PH", "Wilful breach of public-health protective measures"),
        Code("OT", "Other", retired=True, note="No reason of today says the same.", mark=Mark.UNVERIFIED),
    ),
)
