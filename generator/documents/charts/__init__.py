"""Charts drawn as paths, for Word and PDF, with their numbers beside them: progress, attendance, support."""

__all__ = ["draw_chart"]
