"""The works that the code cites, one row each: title, mark, what it is and what of it was seen, how else citations begin."""

from __future__ import annotations

Row = tuple[str, str, str, tuple[str, ...]]

# fmt: off
PAPERS: tuple[Row, ...] = (
    ("000", "source", "`000_ebac29dbdda33858`. An extract of the statutory guidance of January 2013: what good provision is.", ()),
    ("001", "source", "`001_c6238c44f23eb487`. The policy of a group of special schools, ratified in December 2024, review due "
     "in December 2025.", ()),
    ("002", "source", "`002_f1969487809f0875`. A council's page on commissioning and ending a placement, for children in care "
     "above all.", ()),
    ("003", "source", "`003_19ee1ad7700314cb`. Commissioning Alternative Provision, guidance for local authorities and schools, "
     "about 2008. Appendix A: 17 expectations for a contract. Appendix B: a checklist of 7 points.", ()),
    ("004", "source", "`004_8d5ea75eec5280ef`. Another council's page: what schools must see to when they use alternative "
     "provision.", ()),
)
LAWS: tuple[Row, ...] = (
    ("Education Act 1996", "S", "s.19: the authority's duty to arrange education. s.463 [P]: what makes a setting a school.", ()),
    ("Education Act 2002", "S", "s.29A: a maintained school may direct a pupil to be educated elsewhere.", ()),
    ("Children Act 1989", "S", "s.22(3A): an authority promotes the education of the children in its care.", ()),
    ("Children and Families Act 2014", "S", "s.42: the authority secures Section F. s.44: reviews. s.61: otherwise than at "
     "school; its detail is [U].", ()),
    ("Education and Inspections Act 2006", "S", "s.100: the school arranges education from the sixth day of a suspension. The "
     "section number is [U].", ("EIA 2006",)),
    ("Education and Skills Act 2008", "P", "s.92, s.96: running an unregistered school is an offence.", ()),
    ("Children's Wellbeing and Schools Act 2026", "P", "s.38: register of children not in school. s.43: what has to register. "
     "Neither had a start date when last seen, in June 2026.", ()),
    ("Procurement Act 2023", "S", "From what value on a contract is put out to competition.", ()),
    ("Data (Use and Access) Act 2025", "S", "s.103: complaints about personal data.", ()),
    ("SI 2007/1870", "S", "Full-time education for excluded pupils from the sixth school day. The number is [U].", ()),
    ("SI 2010/1156", "P", "Education (Educational Provision for Improving Behaviour) Regulations 2010: notice and review of an "
     "off-site direction.", ()),
    ("SI 2012/2532", "P", "Amends SI 2010/1156 from 1 January 2013. The 30-day reviews and the end-of-year limit were "
     "repealed.", ()),
    ("SI 2024/208", "S", "School Attendance (Pupil Registration) (England) Regulations 2024: codes, the register, returns. Of "
     "regulations 10 and 13 the opening parts were seen [P].", ()),
    ("SI 2025/1200", "S", "The procurement thresholds from 1 January 2026.", ()),
    ("SEND Regulations 2014", "S", "SI 2014/1530: the times of annual reviews.", ("SI 2014/1530",)),
    ("Education (Pupil Information) (England) Regulations 2005", "U", "The educational record of a maintained school.", ()),
    ("Care planning regulations", "U", "How long the case records of looked-after children are kept.", ()),
    ("UK GDPR", "U", "Articles 12(3) and 33: times for requests and breaches.", ()),
)
GUIDANCE: tuple[Row, ...] = (
    ("Arranging Alternative Provision", "S", "DfE, 5 February 2025. The page that announces it was seen [P]; its text through "
     "others.", ()),
    ("Keeping children safe in education", "S", "Statutory. The edition of 2026 renumbered that of 2025; a paragraph is cited "
     "only where it was seen quoted.", ("KCSIE",)),
    ("Working together to improve school attendance", "S", "Statutory, DfE, edition of July 2026.", ()),
    ("Arranging education for children with health needs", "S", "DfE, December 2023. It replaced the guidance of 2013.", ()),
    ("Suspension and permanent exclusion guidance", "S", "Statutory, DfE.", ()),
    ("Promoting the education of looked-after children", "U", "Statutory, DfE. Known through councils' pages.", ()),
    ("Non-school alternative provision: voluntary national standards", "S", "DfE, end of August 2025. Voluntary.", ()),
    ("Government proposal on non-school alternative provision", "S", "2025: at most 12 weeks, or 4 sessions a week. Not law, so "
     "it warns only those who choose it.", ()),
    ("DfE guidance", "S", "On what full-time education is: more than 18 hours a week is a sign of it.", ("hours: DfE guidance",)),
    ("IRMS toolkit for schools and academies", "S", "How long schools keep records. Only the figure for special needs was "
     "confirmed.", ()),
    ("Independent Inquiry into Child Sexual Abuse", "U", "How long records that tell of abuse are kept.", ()),
    ("Usual practice", "U", "What people do; no law was found.", ()),
)
STANDARDS: tuple[Row, ...] = (
    ("School census", "S", "The alternative provision module, as a public repository transcribes its layouts.", ("AP census",)),
    ("DfE Common Basic Data Set", "S", "Codes of official returns, as a public repository transcribes the edition of May "
     "2026.", ()),
    ("Unique pupil numbers", "S", "DfE. The format was seen [P]; the check letter was tried out.", ()),
    ("Unique learner number", "U", "Ten digits, the last of them a check digit.", ()),
    ("NHS Data Dictionary", "U", "NHS numbers: ten digits, checked by modulus 11.", ()),
    ("DfE local authority numbers", "U", "Three digits; authorities come and go.", ()),
    ("Get Information about Schools", "S", "The register of schools: URN and LAESTAB.", ()),
    ("UK Register of Learning Providers", "S", "UKPRN: eight digits.", ()),
)
OURS: tuple[Row, ...] = (
    ("Design", "design", "Decided here; no one else's rule.",
     ("design", "Our own", "the number is our own", "the reminder is our own", "list of our own", "School calendar",
      "the life of a placement")),
)
# fmt: on
