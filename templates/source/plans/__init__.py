"""The plans, long and short, one module each; `plan_parts` holds what several of them tell in the same way."""
