"""The words that people read for the codes that records hold."""

from __future__ import annotations

AREAS = {
    "communication_and_interaction": "Communication and interaction",
    "cognition_and_learning": "Cognition and learning",
    "social_emotional_and_mental_health": "Social, emotional and mental health",
    "sensory_and_physical": "Sensory and/or physical",
}

AREA_NOT_KNOWN = "Area of need not known yet"
"""The heading of needs whose area nobody can say yet, as with the census types NSA and OTH."""


PFA = {
    "employment": "Education and employment",
    "independent_living": "Independent living",
    "community_inclusion": "Friends and community",
    "health": "Health",
}


STATUS = {"met": "Met", "partly": "Partly met", "not_met": "Not met"}


DECISIONS = {"stop": "Stop", "change": "Change", "continue": "Continue"}


ROLES = (
    "Teacher",
    "Class teacher",
    "Form tutor",
    "Teaching assistant",
    "Higher level teaching assistant",
    "Learning support assistant",
    "Emotional literacy support assistant",
    "Learning mentor",
    "Specialist teacher",
    "Teacher of the Deaf",
    "Head of year",
    "Key worker",
    "SENCO",
    "Headteacher",
    "Educational psychologist",
    "Speech and language therapist",
    "Occupational therapist",
    "Physiotherapist",
    "Social worker",
)
"""Usual roles of those who give support: said in a family's language, where others stay as they were written."""

PROVISION_TYPES = {
    "universal": "For everyone in class",
    "group": "Small group",
    "one_to_one": "One to one",
    "equipment": "Equipment",
    "specialist": "Specialist",
}


SEN_STATUS = {"N": "No SEN", "K": "SEN support", "E": "EHC plan"}


KEY_STAGES = {"EYFS": "Early years"}


MEETINGS = {
    "early_discussion": "Early discussion",
    "review": "Review meeting",
    "parents_evening": "Parents' evening",
    "interim": "Interim meeting",
    "annual": "Annual meeting",
    "pcp": "Person-centred planning meeting",
}


SEN_TYPES = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication needs",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
    "DS": "Down syndrome",
    "OTH": "Other difficulty",
    "NSA": "No specialist assessment",
}


AREA_OF_TYPE = {
    "SPLD": "cognition_and_learning",
    "MLD": "cognition_and_learning",
    "SLD": "cognition_and_learning",
    "PMLD": "cognition_and_learning",
    "SLCN": "communication_and_interaction",
    "ASD": "communication_and_interaction",
    "SEMH": "social_emotional_and_mental_health",
    "HI": "sensory_and_physical",
    "VI": "sensory_and_physical",
    "MSI": "sensory_and_physical",
    "PD": "sensory_and_physical",
}
"""The area that each census type belongs to; DS, OTH and NSA belong to none."""
