"""Rules on the graduated response: the plan and who agreed to it, cycles and their order, decisions, EHC plans."""

__all__ = ["decisions", "support_plan"]
