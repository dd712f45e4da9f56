"""The templates of the pages: where they are, how they are read, and how often they are compiled, which is once in a process."""

from __future__ import annotations

from typing import Any

from jinja2 import (
    BytecodeCache,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    Template,
)
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule

from api.looked_at import by_which_right, in_which_way, opening_looked_at, parts_looked_at, standing_in_words
from api.pages import telling, words
from api.pages.about_duty import about_duty, owed_by
from api.pages.answered import answer_of, answered
from api.pages.cells import Cells
from api.pages.forms.wording import plain
from api.pages.lookups import Lookups
from api.pages.next_step import falls_to, next_steps
from api.pages.still_owed import still_owed
from api.pages.why_nothing import why_nothing


class _Compiled(BytecodeCache):
    """What was compiled, for every application of this process: compiling takes a hundred times as long as drawing."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = _Compiled()


class _Once(Template):
    """A template whose macros are made once: the library compares all global names at each import, and a form imports a hundred times."""

    def _get_default_module(self, ctx: Any = None) -> TemplateModule:
        # All globals here are the environment's: no template has any of its own that a macro could miss.
        return super()._get_default_module()


def _as_it_is(text: Any, *_: Any, **__: Any) -> Any:
    """The macros of the design system indent what stands in them, which takes a ninth of the time of a form and shows nowhere."""
    return text


FILTERS = {
    "plainly": plain,
    "indent": _as_it_is,
    "next_steps": next_steps,
    "falls_to": falls_to,
    "still_owed": still_owed,
    "answer_of": answer_of,
    "answered": answered,
    "about_duty": about_duty,
    "owed_by": owed_by,
    "why_nothing": why_nothing,
    "opening_looked_at": opening_looked_at,
    "parts_looked_at": parts_looked_at,
    "in_which_way": in_which_way,
    "by_which_right": by_which_right,
    "standing_in_words": standing_in_words,
}


def templates(**known: Any) -> Environment:
    """The templates, with these names known to all of them."""
    environment = Lookups(
        loader=ChoiceLoader(
            [
                PackageLoader("api.pages"),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        # A macro of the design system asks for parts of what was not given, which has to be as good as nothing.
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
        extensions=[Cells],
    )
    environment.template_class = _Once
    environment.globals |= {"example_day": words.example_day, "typed_today": words.typed_today, **known}
    environment.filters |= words.FILTERS | telling.FILTERS | FILTERS
    environment.tests |= words.TESTS | telling.TESTS
    return environment
