"""What is told over time and handed on: chronology, annual report, transition passport, annual review of an EHC plan."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source import figures
from templates.source.plans.plan_parts import (
    NAME_LINE,
    SUPPORT_ENDED,
    SUPPORT_HEAD,
    about_pupil,
    areas,
    provision,
    results,
)
from templates.source.vocabulary import (
    actions,
    bullets,
    copies,
    details,
    each,
    heading,
    not_counted,
    own_words,
    para,
    said,
    section,
    sign_line,
    signatures,
    table,
    title,
    when,
)

_PFA = (("employment", "Education and employment"), ("independent_living", "Independent living"),
        ("community_inclusion", "Friends and community"), ("health", "Health"))  # fmt: skip


def chronology() -> str:
    """What was tried, when, by whom, and what difference it made."""
    return "".join(
        [
            title("Chronology", NAME_LINE),
            para("What was found out, decided and tried, and what difference it made; the oldest first."),
            table("row in facts.chronology", ("Date", 1.7, "{{ row.date | short_date }}"),
                  ("What happened, and what it showed or what difference it made", 8.4, [
                      para("{{ row.what }}{% if row.who %} ({{ row.who }}){% endif %}", "TableText"),
                      when("row.difference", para("{{ row.difference }}", "TableNote"))]), split=False),
            when("facts.chronology_left_out", para(
                "{{ facts.chronology_left_out }} {% if facts.chronology_left_out == 1 %}entry is{% else %}entries are{% endif %} not "
                "for every reader of this paper and stay{% if facts.chronology_left_out == 1 %}s{% endif %} with the school.", "SmallPrint")),
        ]
    )  # fmt: skip


def annual_report() -> str:
    """The yearly report to parents: what the law lists, and for SEN progress to outcomes, support and next steps."""
    record = "annual_report"
    own = f"{record}.attendance"
    return "".join(
        [
            title("Annual report", f"{NAME_LINE} · {{% if {record}.title %}}{{{{ {record}.title }}}}{{% else %}}School year {{{{ facts.this_year.label }}}}{{% endif %}}"),
            section(1, "General progress", f"{record}.progress", para(f"{{{{ {record}.progress }}}}")),
            when(f"{record}.pupil_views", heading(2, "What {{ facts.first_name }} says"), own_words(f"{record}.pupil_views")),
            heading(1, "Subjects and activities"),
            table(f"row in {record}.subjects",
                  ("Subject", 2.2, "**{{ row.subject }}**{% if row.teacher %}\n{{ row.teacher }}{% endif %}"),
                  ("Achievements", 4.3, "{{ row.achievement }}"), ("Next step", 2.9, "{{ row.next }}"), split=False),
            section(2, "Other activities", f"{record}.activities", bullets(f"point in {record}.activities")),
            section(1, "Examinations, qualifications and tests", f"{record}.examinations", table(
                f"row in {record}.examinations", ("What", 3.4, "{{ row.name }}"), ("Result", 2.6, "{{ row.result }}"),
                ("How others did", 3.4, "{{ row.compared }}"), split=False)),
            section(1, "Special educational needs", "facts.sen_status != 'No SEN' and (facts.progress or facts.this_year.cycles)",
                    when("facts.outcomes", heading(2, "What we are working towards"),
                         bullets("outcome in facts.outcomes", "{{ outcome.text }}")),
                    figures.progress(),
                    each("cycle in facts.this_year.cycles",
                         heading(2, "{{ cycle.title }}"),
                         table("row in cycle.targets", ("Target", 4, "{{ row.text }}"), ("Result", 1.9, "{{ row.result }}"),
                               ("What came of it", 3.5, "{{ row.status_label }}{% if row.comment %}{% if row.status_label %}: {% endif %}{{ row.comment }}{% endif %}"), split=False),
                         table("row in cycle.provision", ("Support", 3.6, "{{ row.title }}"),
                               ("How often", 2.6, "{{ row.how_often }}{% if row.group %}{% if row.how_often %}, {% endif %}{{ row.group }}{% endif %}"),
                               ("What it did", 3.2, "{% if row.impact %}{{ row.impact }}{% elif row.expected_impact %}Expected: {{ row.expected_impact }}{% endif %}"), split=False)),
                    section(2, "Meetings this year", "facts.this_year.meetings",
                            bullets("meeting in facts.this_year.meetings", "{{ meeting.date }}: {{ meeting.title }}"))),
            section(1, "Attendance", f"{own} or facts.this_year.attendance",
                    when(own,
                         para(f"{{{{ {own}.attended }}}} of {{{{ {own}.possible }}}} sessions (half days), "
                              f"{{{{ (100 * {own}.attended / {own}.possible) | round(1) }}}}%.{{% if {own}.unauthorised is not none %}} "
                              f"Missed without leave: {{{{ {own}.unauthorised }}}}.{{% endif %}}"),
                         otherwise=[table(
                             "row in facts.this_year.attendance", ("Time", 4, "{{ row['from'] | date }} to {{ row.to | date }}"),
                             ("Sessions (half days)", 2.4, "{{ row.attended }} of {{ row.possible }}"), ("Percentage", 1.6, "{{ row.percent | percent }}"), split=False)]),
                    figures.attendance()),
            section(1, "Next steps", f"{record}.next_steps", bullets(f"point in {record}.next_steps")),
            heading(1, "To talk about this report"),
            para(f"{{{{ {record}.to_discuss }}}}"),
            para(f"Written by {{{{ {record}.by }}}}, {{{{ {record}.date }}}}.", "SmallPrint"),
            sign_line("{{ school.headteacher.name }}, Headteacher"),
            copies(f"{record}.copies"),
        ]
    )  # fmt: skip


def transition_passport() -> str:
    """What the next school or class must know before the first day, the pupil's own words first."""
    record = "transition"

    def contact(field: str) -> str:
        return (f"{{{{ {field}.name }}}}{{% if {field}.role %}}, {{{{ {field}.role }}}}{{% endif %}}{{% if {field}.phone %}}\n{{{{ {field}.phone }}}}"
                f"{{% endif %}}{{% if {field}.email %}}\n{{{{ {field}.email }}}}{{% endif %}}")  # fmt: skip

    return "".join(
        [
            title("Transition passport", NAME_LINE + f" · {{{{ {record}.date }}}}"),
            details("The move",
                    ("Where to", f"{{{{ {record}.to }}}}"), ("First day", f"**{{{{ {record}.starts }}}}**"),
                    ("Kind of move", f"{{{{ {record}.why }}}}", f"{record}.why"),
                    ("Contact there", contact(f"{record}.contact"), f"{record}.contact"),
                    ("Contact here", contact(f"{record}.contact_here"), f"{record}.contact_here")),
            when("facts.photo", para("{{ facts.photo | photo(5, 5) }}", "PhotoLine")),
            when(f"{record}.pupil_says", heading(1, "What I want you to know"), own_words(f"{record}.pupil_says")),
            section(1, "About {{ facts.first_name }}", "profile",
                    heading(2, "What people like and admire"), bullets("point in profile.like_and_admire"),
                    heading(2, "What is important to {{ facts.first_name }}"), bullets("point in profile.important_to_me"),
                    heading(2, "How best to support {{ facts.first_name }}"), bullets("point in profile.how_to_support_me")),
            heading(1, "What works, and what does not"),
            heading(2, "What works: please go on with it from the first day"), bullets(f"point in {record}.works"),
            section(2, "What does not work", f"{record}.does_not_work", bullets(f"point in {record}.does_not_work")),
            section(2, "Adjustments", "plan.adjustments", bullets(
                "row in plan.adjustments", "{% if row.barrier %}**{{ row.barrier }}:** {% endif %}{{ row.adjustment }}")),
            said("Tests and examinations", "plan.exam_access", 2),
            section(1, "Strengths and needs", "facts.areas", areas()),
            section(1, "What {{ facts.first_name }} is working on", "facts.cycle",
                    bullets("target in facts.cycle.targets",
                            "{{ target.text }}{% if target.result %} Reached: {{ target.result | no_stop }}.{% endif %}"),
                    when("facts.provision", heading(2, SUPPORT_HEAD), SUPPORT_ENDED, provision("row in facts.provision", outcomes=False))),
            section(1, "Equipment and worries", f"{record}.equipment or {record}.worries",
                    section(2, "Equipment that moves too", f"{record}.equipment", bullets(f"point in {record}.equipment")),
                    section(2, "What could go wrong, and what to do then", f"{record}.worries", bullets(f"point in {record}.worries"))),
            section(1, "What the family wants you to know", f"{record}.family_says", para(f"{{{{ {record}.family_says }}}}")),
            section(1, "Before the first day", f"{record}.visits or {record}.actions",
                    when(f"{record}.visits", heading(2, "Visits"), table(
                        f"row in {record}.visits", ("Date", 2.2, "{{ row.date }}"), ("What", 5.8, "{{ row.what }}"),
                        ("Done", 1.4, "{% if not row.done and row.date > document.date %}not yet{% else %}{{ row.done | yes_no }}{% endif %}"), split=False)),
                    when(f"{record}.actions", heading(2, "Who does what"), actions(f"{record}.actions"))),
            section(1, "Papers that go along", f"{record}.papers", bullets(f"point in {record}.papers")),
            section(1, "Agreed", f"{record}.agreed", bullets(
                f"row in {record}.agreed", "{{ row.person }} agreed on {{ row.date }} that this is handed over.")),
            copies(f"{record}.copies"),
        ]
    )  # fmt: skip


def annual_review() -> str:
    """The report of the yearly review of an EHC plan: for everyone who was invited and for the authority."""
    record = "annual_review"
    changed = "{{ ('%s' in annual_review.changes | map(attribute='section')) | tick }}"
    letters = "ABCDEFGHIJK"
    return "".join(
        [
            title("Annual review of the EHC plan", NAME_LINE + f" · {{{{ {record}.date }}}}"),
            about_pupil(
                ("Year group", f"{{{{ facts.year_group }}}}{{% if {record}.taught_in %}}. Taught in: {{{{ {record}.taught_in }}}}{{% endif %}}"),
                ("Authority", "{{ facts.authority }}", "facts.authority"),
                ("Authority’s officer", f"{{{{ {record}.case_officer.name }}}}{{% if {record}.case_officer.email %}}, {{{{ {record}.case_officer.email }}}}{{% endif %}}", f"{record}.case_officer"),
            ),
            details("This review",
                    ("Kind of review", f"{{{{ {record}.kind | label }}}}"),
                    ("Meeting", f"**{{{{ {record}.date }}}}**"),
                    ("EHC plan of", f"{{{{ {record}.plan_date }}}}{{% if {record}.amended %}}, last amended {{{{ {record}.amended }}}}{{% endif %}}"),
                    ("Last review", f"{{{{ {record}.last_review }}}}", f"{record}.last_review"),
                    ("Report sent", f"{{{{ {record}.sent }}}}", f"{record}.sent")),
            heading(1, "Recommendation"),
            para("   ".join(f"{{{{ ({record}.recommendation == '{key}') | tick }}}}  {text}" for key, text in
                            (("maintain", "Keep the plan as it is"), ("amend", "Amend the plan"), ("cease", "End the plan")))),
            para(f"{{{{ {record}.reasons }}}}"),
            when(f"{record}.changes",
                 para("**Sections to amend:**", more="<w:keepNext/>"),
                 para(changed % "personal_details" + "\u00a0personal details  "
                      + "  ".join(changed % letter + "\u00a0" + letter for letter in letters))),
            section(2, "Who sees it differently", f"{record}.dissent", bullets(f"row in {record}.dissent", "**{{ row.who }}:** {{ row.why }}")),
            heading(1, "Who was asked and who came"),
            table(f"person in {record}.people", ("Name and role", 4, "{{ person.name }}, {{ person.role }}"),
                  ("Invited", 1.7, "{{ person.invited | short_date }}"), ("Came", 1.6, "{{ person.came | label }}"),
                  ("Report", 2.1, "{{ person.report | label }}"), split=False),
            section(2, "Attached", f"{record}.attached", bullets(
                f"row in {record}.attached", "{{ row.what | label }}{% if row.evidence %}: {{ facts.evidence_names[row.evidence] }}{% endif %}"
                "{% if row.note %}: {{ row.note }}{% endif %}")),
            section(1, "Views", f"{record}.pupil_views or {record}.parents_views or {record}.going_well or {record}.not_going_well",
                    when(f"{record}.pupil_views", heading(2, "What {{ facts.first_name }} thinks"), own_words(f"{record}.pupil_views")),
                    said("What the family thinks", f"{record}.parents_views", 2),
                    section(2, "What is going well", f"{record}.going_well", bullets(f"point in {record}.going_well")),
                    section(2, "What is not going well", f"{record}.not_going_well", bullets(f"point in {record}.not_going_well"))),
            heading(1, "Progress to the outcomes (section E)"),
            table(f"row in {record}.outcomes",
                  ("Outcome", 3.5, "{{ row.outcome }}"), ("Progress", 3.4, "**{{ row.status | label }}.** {{ row.progress }}"),
                  ("What becomes of it", 2.5, "{{ row.then | label }}{% if row.new_text %}: {{ row.new_text }}{% endif %}"), split=False),
            figures.progress(),
            section(1, "Provision (section F)", f"{record}.provision", table(
                f"row in {record}.provision", ("Provision", 3.4, "{{ row.provision }}"), ("Given", 1.5, "{% if row.given == 'partly' %}Partly{% else %}{{ row.given | label }}{% endif %}"),
                ("What it did", 3, "{{ row.impact }}"), ("From now on", 1.5, "{{ row.then | label }}"), split=False)),
            section(1, "Changes to the plan", f"{record}.changes", table(
                f"row in {record}.changes", ("Section", 1.7, "{{ row.section | label }}"), ("Change", 4.4, "{{ row.change }}"),
                ("Why", 3.3, "{{ row.because }}"), split=False)),
            section(1, "Steps for the coming year", f"{record}.targets", bullets(f"point in {record}.targets")),
            section(1, "Attainment and attendance", "pupil.attainment or pupil.tests or facts.attendance", results(newest=True)),
            section(2, "Attendance", "facts.attendance", table(
                "row in facts.attendance", ("Time", 3.4, "{{ row['from'] | short_date }} to {{ row.to | short_date }}"),
                ("Attended", 2, "{{ row.attended }} of {{ row.possible }}"), ("Percentage", 1.5, "{{ row.percent | percent }}"),
                ("Why, and what it meant", 2.5, "{{ row.comment }}"), split=False), figures.attendance()),
            section(1, "Health, care and getting to school", f"{record}.health or {record}.care or {record}.transport or {record}.personal_budget",
                    *(said(text, f"{record}.{name}", 2) for name, text in
                      (("health", "Health"), ("care", "Social care"), ("transport", "Transport"), ("personal_budget", "Personal budget")))),
            section(1, "Placement and the next phase", f"{record}.placement or {record}.next_phase",
                    when(f"{record}.placement", para(f"{{{{ {record}.placement }}}}")),
                    when(f"{record}.next_phase", details(
                        "Next phase", ("To", f"{{{{ {record}.next_phase.to }}}}"), ("Wish", f"{{{{ {record}.next_phase.wish }}}}", f"{record}.next_phase.wish"),
                        ("Amended plan due", f"{{{{ {record}.next_phase.by }}}}", f"{record}.next_phase.by")))),
            section(1, "Preparing for adulthood", f"{record}.preparing_for_adulthood", details(
                "Area", *((text, f"{{{{ {record}.preparing_for_adulthood.{name} }}}}", f"{record}.preparing_for_adulthood.{name}") for name, text in _PFA))),
            section(1, "What we will do", f"{record}.actions", actions(f"{record}.actions")),
            heading(1, "Signatures"),
            signatures("facts.agreed.annual_review", each("person in facts.parents", sign_line("{{ person.name }}{{ person.relationship | in_brackets }}")),
                       sign_line("{{ school.headteacher.name }} (headteacher)")),
            copies(f"{record}.copies"),
        ]
    )  # fmt: skip


def briefing() -> str:
    """One page for a class: who needs what, for an adult who does not know the pupils."""
    needs = [
        each("line in row.needs", para("{{ line }}", "TableBullet")),
    ]
    do = [each("line in row.do", para("{{ line }}", "TableBullet"))]
    return "".join(
        [
            title("Who needs what in {{ briefing.name }}", "For adults new to the class · {{ document.date }}"),
            para("Keep this paper with you, show it to nobody who does not teach the class, and give it back to the office. More is in each "
                 "pupil’s plan: ask {{ school.senco.name }} ({{ words.senco }}).", "SmallPrint"),
            table("row in briefing.pupils",
                  ("Pupil", 1.9, [para("**{{ row.name }}**", "TableText"), when("row.status", para("{{ row.status }}", "TableText")),
                                  when("row.adult", para("Key adult: {{ row.adult }}", "TableText"))]),
                  ("What is hard", 2.9, needs), ("What to do", 4.6, do), split=False),
            not_counted(),
            when("briefing.others", para("{{ briefing.others }}", "SmallPrint")),
        ]
    )  # fmt: skip
