"""The first part of a request: the child, the people around it, the school."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import details, heading, para, section, table, when


def _lines(*lines: tuple[str, str]) -> list[str]:
    """A paragraph for each condition that holds; one empty one where none does, since a cell needs a paragraph."""
    none = " or ".join(f"({condition})" for condition, _ in lines)
    return [
        *(when(condition, para(text, "TableText")) for condition, text in lines),
        when(f"not ({none})", para("", "TableText")),
    ]


def details_of_request() -> str:
    """The child, the people around it, the school, and who filled in the request."""
    people = table(
        "person in pupil.people",
        ("Name", 2.7, "{% if person.title %}{{ person.title }} {% endif %}{{ person.name }}\n{{ person.relationship }}"),
        ("Parental responsibility", 1.9, "{{ person.parental_responsibility | yes_no }}"),
        ("How to reach them", 4.8,
         _lines(
             ("person.address", "{{ person.address | address }}{% if person.postcode %}, {{ person.postcode }}{% endif %}"),
             ("person.mobile or person.phone", "{{ person.mobile }}{% if person.mobile and person.phone %}  {% endif %}{{ person.phone }}"),
             ("person.email", "{{ person.email }}"),
             ("person.name in facts.left_out_people and not (person.address or person.mobile or person.phone or person.email)", "Not in this copy"),
             ("person.preferred_contact", "Prefers: {{ person.preferred_contact }}"),
             ("person.language", "Language: {{ person.language }}"),
             ("person.interpreter_needed", "Needs an interpreter"),
             ("person.lives_with_child", "Lives with {{ facts.first_name }}: {{ person.lives_with_child | label | lower }}"))),
        split=False,
    )  # fmt: skip
    return "".join(
        [
            details(
                "The child or young person",
                ("Full name", "{{ facts.legal_name }}{% if facts.full_name != facts.legal_name %} (known as {{ facts.full_name }}){% endif %}"),
                ("Date of birth", "{{ pupil.date_of_birth }} ({{ facts.age_text }})"),
                ("Sex", "{{ pupil.sex }}", "pupil.sex"),
                ("Year group", "{{ facts.year_group }}{% if facts.key_stage %}, {{ facts.key_stage | lower }}{% endif %}"
                 "{% if pupil.out_of_cohort %}. Taught out of the usual year: {{ pupil.out_of_cohort }}{% endif %}"),
                ("Year by age", "{{ facts.chronological_year }}", "facts.chronological_year and facts.chronological_year != facts.year_group"),
                ("UPN", "{{ pupil.upn }}", "pupil.upn"),
                ("ULN", "{{ pupil.uln }}", "pupil.uln"),
                ("NHS number", "{{ pupil.nhs_number }}", "pupil.nhs_number"),
                ("Address", "{{ pupil.address | address }}{% if pupil.postcode %}, {{ pupil.postcode }}{% endif %}", "pupil.address"),
                ("Ethnicity", "{{ pupil.ethnicity }}", "pupil.ethnicity"),
                ("Religion", "{{ pupil.religion }}", "pupil.religion"),
                ("First language", "{{ pupil.first_language }}", "pupil.first_language"),
                ("Language at home", "{{ pupil.home_language }}", "pupil.home_language"),
                ("Communication", "{{ pupil.communication }}", "pupil.communication"),
                ("Interpreter needed", "{{ pupil.interpreter_needed | yes_no }}", "pupil.interpreter_needed is not none"),
                ("Pupil premium", "{{ pupil.pupil_premium | yes_no }}", "pupil.pupil_premium is not none"),
                ("Service family", "{{ pupil.service_child | yes_no }}", "pupil.service_child is not none"),
                ("Young carer", "{{ pupil.young_carer | yes_no }}", "pupil.young_carer"),
                ("Looked after", "{% if pupil.looked_after %}Yes: {{ pupil.looked_after.legal_status | label }}, {{ pupil.looked_after.authority }}; "
                 "social worker {{ pupil.looked_after.social_worker.name }}{% if pupil.looked_after.social_worker.phone %}, "
                 "{{ pupil.looked_after.social_worker.phone }}{% endif %}{% if pupil.looked_after.social_worker.email %}, "
                 "{{ pupil.looked_after.social_worker.email }}{% endif %}{% else %}{{ pupil.is_looked_after | label }}{% endif %}",
                 "pupil.looked_after or pupil.is_looked_after"),
                ("Virtual school", "{{ pupil.looked_after.virtual_school.name }}"
                 "{% if pupil.looked_after.virtual_school.phone %}, {{ pupil.looked_after.virtual_school.phone }}{% endif %}"
                 "{% if pupil.looked_after.virtual_school.email %}, {{ pupil.looked_after.virtual_school.email }}{% endif %}",
                 "pupil.looked_after.virtual_school.name"),
                ("Last PEP meeting", "{{ pupil.looked_after.personal_education_plan }}", "pupil.looked_after.personal_education_plan"),
                ("Youth justice", "{% if pupil.youth_justice.since %}Since {{ pupil.youth_justice.since }}. {% endif %}"
                 "{% if pupil.youth_justice.worker.name %}Worker: {{ pupil.youth_justice.worker.name }}"
                 "{% if pupil.youth_justice.worker.phone %}, {{ pupil.youth_justice.worker.phone }}{% endif %}"
                 "{% if pupil.youth_justice.worker.email %}, {{ pupil.youth_justice.worker.email }}{% endif %}. {% endif %}"
                 "{{ pupil.youth_justice.note }}", "pupil.youth_justice"),
                ("Child protection plan", "Since {{ pupil.child_protection_plan }}", "pupil.child_protection_plan"),
                ("Child in need", "Since {{ pupil.child_in_need }}", "pupil.child_in_need"),
                ("Early help", "Since {{ pupil.early_help }}", "pupil.early_help"),
                ("Court order", "{{ pupil.court_order }}", "pupil.court_order"),
                ("Family doctor", "{% if pupil.gp.name %}{{ pupil.gp.name }}, {% endif %}{{ pupil.gp.surgery }}"
                 "{% if pupil.gp.phone %}, {{ pupil.gp.phone }}{% endif %}", "pupil.gp"),
                ("SEN status", "{{ facts.sen_status }}{% if facts.sen_since %} since {{ facts.sen_since }}{% endif %}", "facts.sen_status"),
            ),
            heading(2, "Parents, carers and other people"),
            people,
            section(2, "Others who live with {{ facts.first_name }}", "pupil.household", table(
                "row in pupil.household", ("Name", 3, "{{ row.name }}"), ("Relationship", 2.4, "{{ row.relationship }}"),
                ("Date of birth", 2, "{{ row.date_of_birth | short_date }}"), ("School or setting", 2.6, "{{ row.setting }}"), split=False)),
            section(2, "How to reach the professionals", "pupil.agencies", table(
                "row in pupil.agencies",
                ("Service and person", 3.1, "{{ row.service }}{% if row.person %}: {{ row.person }}{% endif %}"),
                ("Telephone or e-mail", 3.0, "{{ row.contact }}"),
                ("Last saw {{ facts.first_name }}", 1.7, "{% if row.id in facts.works_with %}{{ facts.works_with[row.id] }}{% else %}{{ row.assessed | short_date }}{% endif %}"),
                ("Involved", 2.2, "{% if row.to %}until {{ row.to | short_date }}{% elif row.from %}since {{ row.from | short_date }}{% endif %}"),
                split=False)),
            details(
                "The school",
                ("Name", "{{ school.name | one_line }}"),
                ("Address", "{{ school.address | address }}{% if school.postcode %}, {{ school.postcode }}{% endif %}"),
                ("Telephone", "{{ school.phone }}"),
                ("DfE number", "{{ school.dfe_number }}", "school.dfe_number"),
                ("Headteacher", "{{ school.headteacher.name }}"),
                ("{{ words.senco }}", "{{ school.senco.name }}{% if school.senco.email %}, {{ school.senco.email }}{% endif %}"
                 "{% if school.senco.phone %}, {{ school.senco.phone }}{% endif %}"),
                ("Joined the school", "{{ pupil.admission_date }}", "pupil.admission_date"),
                ("Earlier settings", "{% for row in pupil.previous_settings %}{% if not loop.first %}\n{% endif %}{{ row.name }}"
                 "{% if row.from or row.to %} ({{ row.from | short_date | default_text('') }} to {{ row.to | short_date | default_text('') }})"
                 "{% endif %}{% endfor %}", "pupil.previous_settings"),
                ("Form filled in by", "{{ request.completed_by.name }}{% if request.completed_by.role %}, {{ request.completed_by.role }}{% endif %}"
                 "{% if request.completed_by.email %}, {{ request.completed_by.email }}{% endif %}"
                 "{% if request.completed_by.phone %}, {{ request.completed_by.phone }}{% endif %}"
                 "{% if request.completed_by.address %}, {{ request.completed_by.address | address }}{% endif %}", "request.completed_by"),
                ("Decided with the family", "{{ request.decided_with_family }}", "request.decided_with_family"),
            ),
        ]
    )  # fmt: skip
