"""The cells of a table, as tags: `{% cell("Started") %}{{ row.started_on | day }}{% endcell %}`.

They stand row by row under one another on a phone, where each answer has its heading beside it. A tag is put in place when the template is
compiled; a macro for each of the hundreds of cells of a list took a tenth of the time of the page.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser


class Cells(Extension):
    """`cell(name, classes)`, and `row_head()` for the cell that names its row. The roles keep it a table for who hears it."""

    tags = {"cell", "row_head"}  # noqa: RUF012 - the library reads it from the class

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """The markup around what stands between the tags."""
        tag = next(parser.stream)
        said = parser.parse_expression()
        arguments = said.items if isinstance(said, nodes.Tuple) else [said]
        body = parser.parse_statements((f"name:end{tag.value}",), drop_needle=True)
        before, after = _cell(*arguments) if tag.value == "cell" else _row_head()
        return [nodes.Output(before), *body, nodes.Output(after)]


def _cell(name: nodes.Expr, classes: nodes.Expr | None = None) -> tuple[list[nodes.Expr], list[nodes.Expr]]:
    return [
        nodes.TemplateData('<td role="cell" class="govuk-table__cell app-words '),
        classes or nodes.Const(""),
        nodes.TemplateData('"><span class="app-stacked__name" aria-hidden="true">'),
        name,
        nodes.TemplateData('</span><div class="app-stacked__value">'),
    ], [nodes.TemplateData("</div></td>\n")]


def _row_head() -> tuple[list[nodes.Expr], list[nodes.Expr]]:
    head = '<th scope="row" role="rowheader" class="govuk-table__header app-words">'
    return [nodes.TemplateData(head)], [nodes.TemplateData("</th>\n")]
