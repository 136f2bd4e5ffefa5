"""Rules on people: meetings and who is at them, the family's part, copies, who is told and who may know."""

__all__ = ["copies_to_family", "meetings"]
