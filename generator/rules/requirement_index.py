"""What five authorities' pages, the law and the Code require of a pupil's records, in our own words, each with its id.

S0 Derby City Council · S1 Devon IAS · S2 draft local-offer text of an authority that is not named · S3 Leicester
City Council · S4 Rutland County Council · L law · C SEND Code of Practice 2015 · G good practice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pkgutil import get_data

REQUIREMENTS: dict[str, str] = {
    "S0-1": "A plan exists once needs that call for extra provision are identified; a dated early contact precedes it",
    "S0-2": "Provider, parents and pupil each agree the plan",
    "S0-3": "The plan says what pupil, family, school and services each will do; “none” is written",
    "S0-4": "While support is given, progress is shared with parents",
    "S0-5": "The review says how effective the support was, with parents and pupil",
    "S0-6": "The assessment names who made it and which outside agencies took part",
    "S1-1": "Every pupil with SEND has a written plan",
    "S1-2": "A diagnosis or an EHC plan is never required",
    "S1-3": "Parents have a copy, with its date",
    "S1-4": "The assessment draws on all its sources, or says why one is not available",
    "S1-5": "Barriers to learning and what removes them are recorded",
    "S1-6": "The plan starts from the child's and the parents' aspirations",
    "S1-7": "The plan has needs, provision and outcomes",
    "S1-8": "Each short-term target belongs to an outcome and is SMART",
    "S1-9": "Adjustments to school life and rules are listed",
    "S1-10": "Each provision is specific and quantified",
    "S1-11": "Support from outside professionals is included",
    "S1-12": "A review date is set, neither too soon nor too late",
    "S1-13": "Everyone who works with the pupil knows the plan; it is on the information system",
    "S1-14": "Responsibilities of parent, pupil and school are identified",
    "S1-15": "The review answers five questions",
    "S1-16": "The review decides on each provision: stop, change or continue",
    "S1-17": "It is recorded how success is measured",
    "S1-18": "At least three meetings with parents a year, dates set ahead",
    "S1-19": "A meeting has a leader who knows the child and a note-taker, and goes through needs and support",
    "S1-20": "The pupil's view is there, also when the pupil was not, with how it was gathered",
    "S1-21": "After the meeting the plan is updated; notes and plan reach the parents within about a week",
    "S1-22": "Over time the record shows what was tried, what worked and what difference it made",
    "S1-23": "A pupil with an EHC plan also has a school plan for short-term steps",
    "S1-24": "A behaviour support plan is a document of its own; its need is already in the support plan",
    "S2-1": "The pupil profile is one page and exists from the first concern on",
    "S2-2": "The first record says where progress falls short and what was tried in class",
    "S2-3": "A record of the SENCO's meeting with parents holds outcomes and interventions",
    "S2-4": "Cycles follow each other, and each revises the one before",
    "S2-5": "Specialists are considered when progress stays below expectation",
    "S2-6": "Three meetings a year or more, with professionals' input",
    "S2-7": "A PCP meeting has its trigger on record: progress and concern",
    "S2-8": "Parents, key staff with agencies, and the pupil take part in the PCP meeting",
    "S2-9": "The My Support Plan is linked to a PCP meeting and not older than it",
    "S2-10": "School and parents decide on the request, with a My Support Plan in place",
    "S2-11": "The request holds My Support Plan, two reviewed cycles and the form",
    "S3-1": "The note of the early discussion has its parts, is on the system and given to the parents",
    "S3-2": "A review date is agreed, and what parent, pupil and staff each contribute",
    "S3-3": "The decision is recorded and the parents formally informed, the letter not before the decision",
    "S3-4": "The register entry follows an assessment made with parents",
    "S3-5": "Objectives are discussed with parents; formal review (never fewer than the Code's three meetings)",
    "S3-6": "Assess, plan, do and review each hold what they must; the review is in time and speaks of each outcome",
    "S4-1": "Outcomes link to independence and preparation for adulthood where relevant",
    "S4-2": "Outcomes were decided with pupil and parents",
    "S4-3": "The pupil's own evaluation of the learning is there",
    "S4-4": "A chronological log of decisions and interventions exists",
    "S4-5": "The name of the first stage is the authority's own",
    "L1": "A request comes from a parent, a young person or a school",
    "L2": "Both limbs of section 36(8) are answered with evidence",
    "L3": "Decision within 6 weeks of receipt",
    "L4": "Advice within 6 weeks of being asked",
    "L5": "Decision not to issue a plan within 16 weeks",
    "L6": "Final plan within 20 weeks; long school closures may excuse",
    "L7": "At least 15 days to comment on a draft plan",
    "L8": "The school answers a consultation in 15 days",
    "L9": "Advice is sought from the list of regulation 6(1), from Year 9 on adulthood too",
    "L10": "An EHC plan has sections A to K",
    "L11": "An EHC plan is reviewed within 12 months",
    "L12": "Parents are told when special educational provision is made",
    "L13": "The school uses its best endeavours",
    "L14": "Views, wishes and feelings of child and parents",
    "L15": "A written report to parents every year",
    "C1": "Early discussions are noted and the note given to the parents (6.39)",
    "C2": "Assess, plan, do, review (6.44 to 6.56)",
    "C3": "Parents' concerns are recorded (6.45)",
    "C4": "Adjustments, support, expected impact and a review date are agreed (6.48)",
    "C5": "All staff are told; it is on the information system (6.49)",
    "C6": "Support is chosen to meet the outcomes (6.50)",
    "C7": "The class teacher stays responsible (6.52)",
    "C8": "The review is held in time and weighs effect and views (6.53 to 6.56)",
    "C9": "Specialists are involved where progress stays small (6.58 to 6.62)",
    "C10": "A request for an assessment is considered (6.63)",
    "C11": "Parents are met three times a year (6.64, 6.65)",
    "C12": "Meetings are led by someone who knows the pupil, heard and recorded; parents get the record (6.67 to 6.71)",
    "C13": "Provision is recorded accurately and kept up to date (6.72, 6.73)",
    "C14": "The record covers the pupil's time at school and its impact (6.75)",
    "C15": "Provision maps are recommended (6.76)",
    "C16": "The request has evidence for each head (9.14)",
    "C17": "Outcomes are SMART and not aspirations (9.61 to 9.66)",
    "C18": "Provision is detailed, specific and quantified (9.69)",
    "C19": "From Year 9 outcomes prepare for adulthood (chapter 8)",
    "G1": "Aspiration, need, outcome, provision and review hang together",
    "G2": "An outcome is not provision",
    "G3": "Not too many outcomes: three or four in a support plan, three to eight in an EHC plan",
    "G4": "First person only for the child's own words",
    "G5": "The person before the diagnosis; plain language",
}

WITHOUT_RULE: dict[str, str] = {
    "L7": "begins with the authority's draft plan, which is not among the records",
    "L8": "begins with the authority's consultation, which is not among the records",
    "L10": "is the authority's document",
    "L13": "is a duty to act; no record shows it by itself",
    "C15": "is a recommendation; sendpack makes the map from the provision that is there",
}
"""Requirements that no rule can check from the records, and why. None of the S ids is among them."""

PLACES: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
    (get_data(__package__, "requirement_places.toml") or b"").decode()
)
"""For each S requirement the fields that ask for it and the documents with the tag that prints it."""
