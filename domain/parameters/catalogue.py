"""Every parameter there is, by its name."""

from __future__ import annotations

from domain.parameter import Parameter
from domain.parameters.of_contingency import PARAMETERS_OF_CONTINGENCY
from domain.parameters.of_deadlines import PARAMETERS_OF_DEADLINES
from domain.parameters.of_retention import PARAMETERS_OF_RETENTION
from domain.parameters.of_rules import PARAMETERS_OF_RULES
from domain.parameters.of_triggers import PARAMETERS_OF_TRIGGERS

PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        *PARAMETERS_OF_RULES,
        *PARAMETERS_OF_TRIGGERS,
        *PARAMETERS_OF_CONTINGENCY,
        *PARAMETERS_OF_RETENTION,
        *PARAMETERS_OF_DEADLINES,
    )
}
