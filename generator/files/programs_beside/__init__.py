"""Programs and processes that run beside ours: with limits of time and memory, ended with all that they started.

In: a command or a function. Out: what it answered, or why it did not. Knows nothing of what they work on.
"""

__all__ = ["ended_program", "limited_child", "process_pools", "processor_waits"]
