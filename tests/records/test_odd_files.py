"""Files written in every odd way: a change leaves every byte outside what was changed as it is, or is refused."""

from __future__ import annotations

import copy
import random
import re
from typing import Any

import pytest

from generator.records.yaml_text.yaml_changes import NoPlaceForIt, edited
from generator.records.yaml_text.yaml_layout import KeyedNode, ListNode, MapNode, Node, ScalarNode, layout, written
from generator.records.yaml_text.yaml_reader import decode, read_yaml
from generator.records.yaml_text.yaml_writing import same
from tests.records.odd_yaml import odd_file
from tests.records.test_yaml_changes import TEXTS, at, places, plain

FILES = 200
"""Files made by chance; `python -m tests.records.test_odd_files 20000` tries more."""


def node_at(root: Node, way: tuple[Any, ...]) -> tuple[Node, KeyedNode | None]:
    """The node of a value, and its key where it has one."""
    node, held = root, None
    for step in way:
        if isinstance(node, MapNode):
            held = node.entry(step)
            assert held is not None
            node = held.node
        else:
            assert isinstance(node, ListNode)
            node, held = node.items[step], None
    return node, held


def kept_around(text: str, made: str, start: int, end: int) -> bool:
    """True where everything before one place and from another on is as it was."""
    return made.startswith(text[:start]) and made.endswith(text[end:]) and len(made) >= start + len(text) - end


def one_change(content: bytes, chance: random.Random) -> str:
    """Change one value of a file; gives what is wrong with the bytes that come of it, "refused", or ""."""
    data = plain(read_yaml(content, "")[0])
    text = decode(content)
    root, lines = layout(text)
    way, value = chance.choice(places(data)[1:])
    wanted = copy.deepcopy(data)
    holder, key = at(wanted, way[:-1]), way[-1]
    node, held = node_at(root, way)
    above, above_held = node_at(root, way[:-1])
    start, end = (held.start if held else node.start), max(node.end, held.key_end + 1 if held else 0)
    what = chance.choice(("set", "set", "set", "less", "more", "move"))
    if what == "set":
        if not isinstance(value, str) and value is not None:
            return "nothing"
        holder[key] = chance.choice(TEXTS)
        if held and node.start > held.key_end and isinstance(node, ScalarNode) and node.value is not None:
            start = held.key_end
    elif what == "less":
        if len(holder) < 2:
            return "nothing"
        del holder[key]
    elif what == "more":
        if isinstance(holder, dict):
            holder["new-key"] = chance.choice(TEXTS)
        else:
            holder.insert(chance.randint(0, len(holder)), chance.choice(TEXTS))
    elif isinstance(holder, list):
        holder.insert(chance.randint(0, len(holder) - 1), holder.pop(key))
    else:
        return "nothing"
    if what != "set":  # anything in the list or the map around it may move: the lines before and after stay
        start = lines.start_of(above.start) if way[:-1] else 0
        end = lines.end_of(max(above.end - 1, 0)) if way[:-1] else len(text)
        if above_held:
            start = above_held.start
    if same(wanted, data):
        return "" if edited(content, wanted) == content else "nothing changed, and bytes did"
    try:
        made = edited(content, wanted)
    except NoPlaceForIt:
        return "refused"
    if not same(plain(read_yaml(made, "")[0]), wanted):
        return f"{what} {way}: other data is read back"
    after = made.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8")
    starts = made.startswith(b"\xef\xbb\xbf") == content.startswith(b"\xef\xbb\xbf")
    if not starts or (b"\r\n" in content and b"\n" in made.replace(b"\r\n", b"")):
        return f"{what} {way}: another beginning or another line end"
    if not kept_around(text, after, start, end):
        return f"{what} {way}: bytes outside it changed"
    return rows_kept(text, after, root, way, what)


def rows_kept(text: str, after: str, root: MapNode, way: tuple[Any, ...], what: str) -> str:
    """Entries of the same map or list that did not change keep their text, and remarks are not lost."""
    above, _ = node_at(root, way[:-1])
    held = (
        [(one.key, one.start, max(one.node.end, one.key_end + 1)) for one in above.entries]
        if isinstance(above, MapNode)
        else [(number, one.start, one.end) for number, one in enumerate(above.items)]
        if isinstance(above, ListNode)
        else []
    )
    if isinstance(above, ListNode) and what in ("less", "move"):  # of two values that are the same either one may go
        gone = written(above.items[way[-1]])
        held = [one for one in held if not same(written(above.items[one[0]]), gone)]
    for key, start, end in held:
        if key != way[-1] and text[start:end] not in after:
            return f"{what} {way}: {key} was touched"
    if isinstance(above, MapNode | ListNode):
        node, key = node_at(root, way)
        behind_dash = isinstance(above, ListNode) and not above.flow
        begin = text.rfind("-", 0, node.start + 1) if behind_dash else node.start
        inside = text[key.start if key else begin : node.end]
        for line in text.splitlines():
            if line.lstrip().startswith("#") and line not in inside and line.strip() not in after:
                return f"{what} {way}: a remark was lost: {line}"
        for said in re.findall(r"# between \d+,", text):
            if said not in inside and said not in after:
                return f"{what} {way}: a remark was lost: {said}"
    return ""


def tried(files: range, changes: int = 6) -> tuple[dict[str, int], list[str]]:
    """Change files made by chance; how often what came of it, and every mistake with the file's number."""
    counts = {"changed": 0, "refused": 0, "unread": 0}
    wrong = []
    for number in files:
        content = odd_file(number)
        tree = read_yaml(content, "")[0]
        if tree is None or not len(tree):
            counts["unread"] += 1
            continue
        if edited(content, plain(tree)) != content:
            wrong.append(f"{number}: saved unchanged, and bytes changed")
        for turn in range(changes):
            said = one_change(content, random.Random(f"{number} {turn}"))
            if said in ("", "refused"):
                counts["refused" if said else "changed"] += 1
            elif said != "nothing":
                wrong.append(f"{number}/{turn}: {said}")
    return counts, wrong


@pytest.mark.whole
def test_a_change_of_an_oddly_written_file_touches_nothing_else() -> None:
    counts, wrong = tried(range(FILES))
    assert wrong == []
    assert counts["unread"] < FILES / 10 and counts["refused"] < counts["changed"] / 4, counts


if __name__ == "__main__":
    import sys

    found, faults = tried(range(int(sys.argv[1])))
    print(found, len(faults), *faults[:40], sep="\n")
