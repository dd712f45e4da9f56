"""Rules as they were before they were changed. Decisions are bound to the version that they were weighed by, so none is thrown away.

To change what a rule asks: give the new function `version=2` (the next number), and move the old one here under the name that it
had. The same name twice in one module would hide the first, so the third version of a rule needs a module of its own.
"""

from __future__ import annotations

from domain.rules.rule import Rule

EARLIER: tuple[Rule, ...] = ()
"""Every earlier version of a rule that any table of moves still asks, or once asked."""
