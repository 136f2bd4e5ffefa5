"""What is said in the terminal: nothing that stands in somebody's file can move its cursor or hide a word."""

from __future__ import annotations

from typing import TextIO

from generator.problems import shown


class ShownStream:
    """A stream of text for people, which writes each text as `shown`.

    It has no `buffer`, so click writes through it on every system, and not around it to a console.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.encoding, self.errors = stream.encoding, stream.errors

    def write(self, text: str) -> int:
        """Write a text; gives how many characters were asked for."""
        self._stream.write(shown(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Let what was written go out."""
        self._stream.flush()

    def isatty(self) -> bool:
        """True where a person watches."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """The number by which the system knows the stream."""
        return self._stream.fileno()
