"""What provision costs: minutes a week, an adult's hourly rate, the weeks that are paid for, pounds a year."""

from __future__ import annotations

from decimal import Decimal

from generator.cases.case import Data, by_id


def weekly_minutes(provision: Data) -> Decimal | None:
    """Minutes a week that the pupil gets; nothing when the row does not say how long and how often."""
    if "minutes" in provision and "times_a_week" in provision:
        return Decimal(provision["minutes"]) * Decimal(provision["times_a_week"])
    return None


def hourly_rate(provision: Data, school: Data) -> Decimal | None:
    """Pounds an hour: the row's own rate, else the pay rate of the member of staff's role, else of the role named."""
    if "hourly_rate" in provision:
        return Decimal(provision["hourly_rate"])
    rates = {str(row["role"]).casefold(): Decimal(row["hourly"]) for row in school.get("pay_rates", ())}
    staff = by_id(school.get("staff", ())).get(provision.get("staff", ""))
    role = str(staff["role"] if staff else provision.get("delivered_by", "")).casefold()
    named = [rate for name, rate in rates.items() if role.startswith(name)]
    return rates.get(role, named[0] if named else None)


SHORT_BLOCK = 6
"""Weeks: support planned for no more than half a term is counted once, anything longer as going on all year."""


def weeks_counted(provision: Data, school: Data) -> Decimal:
    """The weeks of a year that are paid for: a block of up to `SHORT_BLOCK` weeks its own, else the school's."""
    planned = provision.get("weeks", SHORT_BLOCK + 1)
    return Decimal(planned if planned <= SHORT_BLOCK else school.get("weeks_a_year", 38))


def yearly_cost(provision: Data, school: Data) -> Decimal | None:
    """Pounds a year, exact: minutes a week shared by the group, at the hourly rate, over the weeks counted.

    Adds the row's own yearly cost. Nothing when there is no figure to reckon with. Round once, when it is shown.
    """
    fixed = Decimal(provision["yearly_cost"]) if "yearly_cost" in provision else None
    minutes, rate = weekly_minutes(provision), hourly_rate(provision, school)
    if minutes is None or rate is None:
        return fixed
    # Divided once and last: a third of an hour kept as 0.333… would lose the halfpenny that decides the rounding.
    pounds = minutes * rate * weeks_counted(provision, school)
    return pounds / (60 * Decimal(provision.get("group_size", 1))) + (fixed or 0)
