"""What provision costs: minutes a week, an adult's hourly rate, the weeks that are paid for, pounds a year."""

from __future__ import annotations

from decimal import Decimal

from generator.cases.case import Data, by_id
from generator.values.shorthand import plain


def weekly_minutes(provision: Data) -> Decimal | None:
    """Minutes a week that the pupil gets; nothing when the row does not say how long and how often."""
    if "minutes" in provision and "times_a_week" in provision:
        return Decimal(provision["minutes"]) * Decimal(provision["times_a_week"])
    return None


def paid_as(provision: Data, school: Data) -> str:
    """The role whose pay rate a row is reckoned with, as school.yaml writes it; "" when it has its own rate or none.

    The member of staff's role comes first, then the role named in `delivered_by`. Either side may write TA, LSA, HLTA.
    """
    if "hourly_rate" in provision:
        return ""
    staff = by_id(school.get("staff", ())).get(provision.get("staff", ""))
    role = plain(str(staff["role"] if staff else provision.get("delivered_by", "")))
    named = {str(rate["role"]): plain(str(rate["role"])) for rate in school.get("pay_rates", ())}
    exact = [name for name, full in named.items() if full == role]
    return (exact or [name for name, full in named.items() if role.startswith(full)] or [""])[0]


def hourly_rate(provision: Data, school: Data) -> Decimal | None:
    """Pounds an hour: the row's own rate, else the pay rate of the role that `paid_as` finds."""
    if "hourly_rate" in provision:
        return Decimal(provision["hourly_rate"])
    rates = {str(row["role"]): Decimal(row["hourly"]) for row in school.get("pay_rates", ())}
    return rates.get(paid_as(provision, school))


SHORT_BLOCK = 6
"""Weeks: support planned for no more than half a term is counted once, anything longer as going on all year."""


def is_short_block(provision: Data) -> bool:
    """True for support that costs only the weeks for which it is planned."""
    return bool(provision.get("weeks", SHORT_BLOCK + 1) <= SHORT_BLOCK)


def weeks_counted(provision: Data, school: Data) -> Decimal:
    """The weeks of a year that are paid for: a block of up to `SHORT_BLOCK` weeks its own, else the school's."""
    return Decimal(provision["weeks"] if is_short_block(provision) else school.get("weeks_a_year", 38))


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


THRESHOLD = Decimal(6000)
"""Pounds a year that a school finds for one pupil's additional support itself (element 2, notional SEN budget)."""
