"""The words of docs/guidance.md that no code can tell. Edited by hand."""

from __future__ import annotations

INTRODUCTION = """
Every rule names the document and the place that it comes from. This page turns that round: for each document, the rules,
deadlines, codes and reasons that stand on it, and the file they are in. Nothing here is legal advice.

A citation such as `003 ¶46` is paragraph 46 of source document 003; `004 l.37` is line 37 of source document 004; `Appendix B, bullet 5`
counts the bullets in order, and so do the short forms `A5` and `B5`. `item 21` is a number in the list of requirements that was
drawn from the five source documents.
"""
HOW_SURE = """
The mark goes where the fact goes: on the rule, on the deadline, on a code, on a route. What follows from it:

- A fact marked [U] never refuses anything. A rule that is marked [U] can only warn, and only where an organisation chose to be
  warned: `rule` in `domain/rules/rule.py` raises an error otherwise. A deadline marked [U] is off until it is chosen.
- A proposal that is not law is treated in the same way, whatever its mark.
- [S] may refuse. It is what councils, schools and lawyers act on. Read the primary text before you rely on its exact words.
- [source] may refuse. It says that good practice asks for it, not that the law does.
- [design] is ours. It is never shown as anyone else's rule.
- Each decision stores the name and version of every rule that was asked. A later change of a rule changes no old decision.

When you have read the primary text of something, raise its mark, and the rule's version if the rule changed with it.
"""
SOURCES = """
The service grew out of five documents. They are older than the law of today in many places; see the end of this page. Line numbers
count the lines of the text as it was given to us.
"""
REASONS = """
Some of what the five documents say is history. Where today's law or guidance says something else, the code follows today's, and
this table says where they part.
"""
NO_LONGER: tuple[tuple[str, str, str], ...] = (
    (
        "003 ¶2: about 135,000 children a year are in alternative provision.",
        "A figure of about 2008. It is shown nowhere.",
        "[source]",
    ),
    (
        "003 ¶29: contracts above £139,893 go to tender, with notices of the European Union.",
        "The Procurement Act 2023 counts the value over the whole life of the contract, VAT included: £663,540 for education and "
        "social services, £207,720 for other services of councils and academies, from 1 January 2026. Which notices are needed: "
        "[U], take advice.",
        "[S]",
    ),
    (
        "003 ¶38: a setting registers when it teaches for 12½ or 15 hours a week over 28 weeks.",
        "That was a proposal and never became law. A setting is a school when it gives full-time education to five children of "
        "compulsory school age, or to one with an EHC plan or in care. No statute says how many hours are full-time; guidance takes "
        "more than 18 hours a week as a sign [S]. A wider definition has been enacted and has no start date yet (2026 Act, s.43).",
        "[P]",
    ),
    (
        "003 speaks of statements, public care, the DCSF, Children's Trusts, the Section 96 list and a national database of providers.",
        "EHC plans, looked-after children, the Department for Education. The others ended or were replaced.",
        "[U]",
    ),
    (
        "004 l.59: the school named in Section I of the plan is responsible for Section F.",
        "The duty to secure Section F is the local authority's (Children and Families Act 2014, s.42). The school delivers it. So a "
        "school that commissions for a child with a plan has to consult the authority first.",
        "[S]",
    ),
    (
        "004 l.51: nothing formal is required of safeguarding training in alternative provision.",
        "The commissioning school has duties under Keeping children safe in education, and there are voluntary national standards "
        "since August 2025. Written confirmation of staff checks is asked for before a contract, and no emergency sets it aside.",
        "[S]",
    ),
    (
        "004 l.32: the regulations on off-site direction set no interval between reviews.",
        "Still true of the regulations [P]. Today's guidance says at least once each half-term, and so does the code.",
        "[S]",
    ),
    (
        "001 l.38: points to older guidance on children who cannot attend school for their health.",
        "Replaced in December 2023. Fifteen days of absence are an expectation and an alert, not a limit in law.",
        "[S]",
    ),
    (
        "000 and 002 quote the statutory guidance of 2013.",
        "Arranging Alternative Provision, February 2025, took its place. It no longer counts education otherwise than at school under "
        "s.61, or home education by choice, as alternative provision. The route s.61 is kept, and marked as such.",
        "[S]",
    ),
    (
        "Some advice pages still give 30 days between reviews of an off-site direction.",
        "Repealed from 1 January 2013 (SI 2012/2532).",
        "[P]",
    ),
)
"""What a source says, what holds today, and how sure we are of the second."""
