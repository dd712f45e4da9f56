"""Special educational needs: what kind of need, and what is provided for it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from domain.code_sets.code_set import Code, CodeSet
from domain.confidence import Mark

SenType = Literal[
    "SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "DS", "OTH", "NSA"
]
"""A kind of special educational need. A code once accepted stays in the type: history must load."""

SenProvision = Literal["N", "E", "K"]
"""Whether special provision is made: none, EHC plan, SEN support."""

SEN_TYPES_AT_MOST = 2
"""How many kinds of need a return takes for one child, the first ranked first (CBDS May 2026 [S])."""

SEN_TYPE = CodeSet(
    name="sen_type",
    mark=Mark.SECONDARY,
    source="DfE Common Basic Data Set, SEN type",
    version="CBDS May 2026",
    codes=(
        Code("SPLD", "Specific learning difficulty"),
        Code("MLD", "Moderate learning difficulty"),
        Code("SLD", "Severe learning difficulty"),
        Code("PMLD", "Profound and multiple learning difficulty"),
        Code("SEMH", "Social, emotional and mental health"),
        Code("SLCN", "Speech, language and communication needs"),
        Code("HI", "Hearing impairment"),
        Code("VI", "Vision impairment"),
        Code("MSI", "Multi-sensory impairment"),
        Code("PD", "Physical disability"),
        Code("ASD", "Autistic spectrum disorder"),
        Code("DS", "Down syndrome", note="Newer than the other codes."),
        Code("OTH", "Other difficulty or disability"),
        Code(
            "NSA",
            "SEN support but no specialist assessment of type of need",
            note="Only with SEN provision K.",
        ),
    ),
)

SEN_PROVISION = CodeSet(
    name="sen_provision",
    mark=Mark.SECONDARY,
    source="DfE Common Basic Data Set, SEN provision",
    version="CBDS May 2026",
    codes=(
        Code("N", "No special educational need"),
        Code("E", "Education, health and care plan"),
        Code("K", "SEN support"),
        Code(
            "S",
            "Statement",
            retired=True,
            retired_on=date(2018, 4, 1),
            becomes="E",
            note="Statements became EHC plans, or ended, by 31 March 2018: check that this child has a plan.",
        ),
        Code("A", "School action", retired=True, becomes="K", note="Replaced by SEN support."),
        Code("P", "School action plus", retired=True, becomes="K", note="Replaced by SEN support."),
    ),
)
