"""Every template there is. To tell people something new, write it in one of these files."""

from __future__ import annotations

from domain.templates.about_a_day import ABOUT_A_DAY
from domain.templates.about_a_placement import ABOUT_A_PLACEMENT
from domain.templates.about_the_work import ABOUT_THE_WORK
from domain.templates.template import Template

TEMPLATES: dict[str, Template] = {
    template.name: template for template in (*ABOUT_A_DAY, *ABOUT_A_PLACEMENT, *ABOUT_THE_WORK)
}
"""By name."""
