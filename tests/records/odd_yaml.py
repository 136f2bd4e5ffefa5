"""Case files as people and other programs write them: every style of YAML, comments in odd places, odd line ends."""

from __future__ import annotations

import json
import random
from typing import Any

WORDS = (
    "reads words", "Zoë", "naïve 中文", "🙂 smile", "9:30", "14 May 2018", "no", "1e5", "08", "it is", "a-b", "“said”",
    "50% of it", "x", "Mr O’Hara, Year 4", "see p. 3", "0123", "true story", "a # b", "C:\\new", "one: two", "it's",
    'say "hi"', "- dash", "? what", "ends with colon:", "[x]", "{y}", "&and", "*star", "|", ">", "@at", "`t`", "!b",
    "%p",
)  # fmt: skip
SAFE = tuple(
    word
    for word in WORDS
    if word[0].isalnum()
    and not {": ", " #", '"'} & {word[at : at + n] for at in range(len(word)) for n in (1, 2)}
    and word[-1] != ":"
)
KEYS = (
    "name",
    "text",
    "rows",
    "list",
    "note",
    "id",
    "when",
    "who",
    "more",
    "part",
    "own-key",
    "Über",
    "k1",
    "k2",
    "k3",
)


class OddYaml:
    """One file, made by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.named: list[str] = []
        """Values that have a name for other places (`&a1`)."""
        self.between_values = 0
        """How many remarks stand inside brackets and braces: each has its own number, so that a lost one is told."""

    def pick(self, *ways: str) -> str:
        """One of these."""
        return self.chance.choice(ways)

    def text(self) -> str:
        """The file's text."""
        head = self.pick("", "", "# head\n", "---\n", "\n\n# head \n\n", "--- # start\n")
        tail = self.pick("", "", "# tail\n", "\n\n", "...\n", "   \n# tail", "\n# tail\n\n\n")
        body = self.mapping(self.pick("", "", "", "  "), 0)
        made = head + body + tail
        return made.rstrip("\n") if self.chance.random() < 0.15 else made

    def content(self) -> bytes:
        """The file's bytes, with its line ends and its beginning."""
        made = self.text()
        made = made.replace("\n", self.pick("\n", "\n", "\r\n"))
        return (self.pick("", "", "", "\ufeff") + made).encode()

    def remark(self) -> str:
        """What stands behind a value on its line."""
        return self.pick("", "", "", "", "  # why", " # “quoted”: [x] {y}", "   ", " #", "\t# after a tab")

    def between(self, indent: str) -> str:
        """What stands between two entries."""
        return self.pick("", "", "", "", "\n", "\n\n\n", f"{indent}# about it\n", "# at the edge\n",
                         f"{indent}      # far in\n", "   \n", f"\n{indent}# one\n\n{indent}# two\n")  # fmt: skip

    def key(self, name: str) -> str:
        """A key as it may be written."""
        return self.pick(name, name, name, name, f'"{name}"', f"'{name}'", f"{name} ")

    def mapping(self, indent: str, depth: int) -> str:
        """Keys with values, each on its own line."""
        names = self.chance.sample(KEYS, self.chance.randint(1, 5 if depth else 8))
        return "".join(self.between(indent) + self.entry(name, indent, depth) for name in names)

    def entry(self, name: str, indent: str, depth: int) -> str:
        """One key with its value."""
        start = f"{indent}{self.key(name)}:"
        what = self.pick("scalar", "scalar", "scalar", "scalar", "map", "list", "list", "flow", "none")
        if depth > 2 and what in ("map", "list"):
            what = "scalar"
        if what == "none":
            return start + self.pick("", " ~", " null", "  ") + self.remark() + "\n"
        if what == "map":
            deeper = indent + self.pick("  ", "  ", "    ", " ")
            return start + self.remark() + "\n" + self.mapping(deeper, depth + 1)
        if what == "list":
            return start + self.remark() + "\n" + self.rows(indent + self.pick("", "  ", "  ", "    "), depth + 1)
        if what == "flow":
            return start + " " + self.flow(indent, 0) + self.remark() + "\n"
        return start + self.scalar(indent)

    def rows(self, indent: str, depth: int) -> str:
        """A list behind dashes."""
        made = ""
        for _ in range(self.chance.randint(1, 4)):
            made += self.between(indent)
            dash = f"{indent}-"
            what = self.pick("scalar", "scalar", "map", "map", "under", "flow", "list", "none")
            if depth > 2 and what in ("map", "under", "list"):
                what = "scalar"
            if what == "none":
                made += dash + self.pick("", " ~") + self.remark() + "\n"
            elif what == "map":
                gap = self.pick(" ", " ", "   ")
                inner = self.mapping_lines(indent + " " + gap, depth + 1)
                made += dash + gap + inner[len(indent) + 1 + len(gap) :]
            elif what == "under":
                made += dash + self.remark() + "\n" + self.mapping(indent + self.pick("  ", "    "), depth + 1)
            elif what == "list":
                inner = "".join(f"{indent}  - {self.chance.choice(SAFE)}\n" for _ in range(self.chance.randint(1, 3)))
                made += dash + " " + inner[len(indent) + 2 :]
            elif what == "flow":
                made += dash + " " + self.flow(indent, 0) + self.remark() + "\n"
            else:
                made += dash + self.scalar(indent, True)
        return made

    def mapping_lines(self, indent: str, depth: int) -> str:
        """Keys with values of which the first stands behind a dash: nothing comes before it."""
        names = self.chance.sample(KEYS, self.chance.randint(1, 4))
        first = self.entry(names[0], indent, depth)
        return first + "".join(self.between(indent) + self.entry(name, indent, depth) for name in names[1:])

    def scalar(self, indent: str, dash: bool = False) -> str:
        """What follows a colon or a dash: one text, with its line's end."""
        one, two, three = (self.chance.choice(SAFE) for _ in range(3))
        deeper = indent + self.pick("  ", "    ", " ", "      ")
        gap = self.pick(" ", " ", "   ") if dash else self.pick(" ", " ", " ", "   ", " \t", "\t")
        if self.chance.random() < 0.08:
            return self.shared(one)
        way = self.pick("plain", "plain", "plain", "lines", "'", '"', "'lines", '"lines', "|", ">", "|", ">", "below")
        if way == "plain":
            return f"{gap}{one}{self.remark()}\n"
        if way == "below":
            return f"\n{deeper}{one}{self.remark()}\n"
        if way == "lines":
            blank = self.pick("", "", "\n", "\n\n")
            return f" {one}\n{blank}{deeper}{two}\n{deeper}  {three}{self.remark()}\n"
        if way == "'":
            return f"{gap}'" + self.chance.choice(WORDS).replace("'", "''") + f"'{self.remark()}\n"
        if way == '"':
            said = json.dumps(self.chance.choice(WORDS), ensure_ascii=False).replace("é", "\\xe9")
            return f"{gap}{said}{self.remark()}\n"
        if way == "'lines":
            one, two, three = (word.replace("'", "''") for word in (one, two, three))
            return f" '{one}\n{deeper}{two}''s\n\n{deeper}{three}'{self.remark()}\n"
        if way == '"lines':
            return f' "{one} \\\n{deeper}{two}\\n {three}\n\n{deeper}end"{self.remark()}\n'
        return self.block(way, indent)

    def shared(self, word: str) -> str:
        """A value with a name for other places, or one that is written elsewhere."""
        if self.named and self.chance.random() < 0.6:
            return f" *{self.chance.choice(self.named)}{self.remark()}\n"
        self.named.append(f"a{len(self.named)}")
        return f" &{self.named[-1]} {word}{self.remark()}\n"

    def block(self, way: str, indent: str) -> str:
        """A text as literal or folded lines."""
        keep = self.pick("", "-", "+")
        spaces = self.chance.choice((1, 2, 2, 2, 4, 6))
        told = self.chance.random() < 0.3
        mark = str(spaces) if told else ""
        head = f" {way}{keep}{mark}" if self.chance.random() < 0.5 else f" {way}{mark}{keep}"
        head += self.pick("", "", "", "  # a remark")
        deeper = indent + " " * spaces
        lines = [deeper + (self.pick("", "", "  ") if told else "") + self.chance.choice(WORDS)]
        lines += [
            self.pick(
                "",
                deeper + self.chance.choice(WORDS),
                deeper + "  " + self.chance.choice(WORDS),
                deeper + "# no remark",
            )
            for _ in range(self.chance.randint(0, 4))
        ]
        end = self.pick("", "", "\n", "\n\n")
        return f"{head}\n" + "\n".join(lines) + "\n" + end

    def flow(self, indent: str, depth: int) -> str:
        """Values in brackets or braces, on one line or several."""
        gap = self.pick(" ", "", "  ")
        held = [self.flow_value(indent, depth) for _ in range(self.chance.randint(0, 3))]
        if self.chance.random() < 0.5:
            names = self.chance.sample(KEYS, len(held))
            held = [f"{name}: {value}" for name, value in zip(names, held, strict=True)]
            return "{" + gap + self.joined(held, indent) + gap + "}"
        last = self.pick("", "", ",") if held else ""
        return "[" + gap + self.joined(held, indent) + last + gap + "]"

    def joined(self, held: list[str], indent: str) -> str:
        """Values with what stands between them, in one manner or each with a remark of its own behind it."""
        way = self.pick(", ", ",", f",\n{indent}    ", "remarks", "remarks first", " , ")
        made = held[0] if held else ""
        for value in held[1:]:
            apart = way
            if way.startswith("remarks"):
                self.between_values += 1
                remark = f" # between {self.between_values}, and so on\n{indent}    "
                apart = f"{remark}, " if way == "remarks first" else f",{remark}"
            made += apart + value
        return made

    def flow_value(self, indent: str, depth: int) -> str:
        """One value inside brackets or braces."""
        if depth < 2 and self.chance.random() < 0.2:
            return self.flow(indent, depth + 1)
        word = self.chance.choice(SAFE).replace(",", "")
        quoted = "'" + self.chance.choice(WORDS).replace("'", "''") + "'"
        return self.pick(word, word, json.dumps(self.chance.choice(WORDS), ensure_ascii=False), quoted)


def odd_file(seed: Any) -> bytes:
    """The bytes of one file, always the same for a seed."""
    return OddYaml(random.Random(f"odd {seed}")).content()
