"""Rules on what is on file and what is asked of the authority: identity, dates, census, the request and its clock."""

__all__ = ["request_clock", "yearly_report"]
