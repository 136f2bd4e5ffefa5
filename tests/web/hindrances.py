"""What hinders people on a page, as axe-core finds it: every page as a whole, each kind of element once.

A form has hundreds of fields that are made alike, and there are forms by the dozen. What axe asks of one element and
what is around it, the `NARROW` rules, is asked of one of those that are alike; all other rules, of names, labels,
references, headings and landmarks, are asked of every element of every page.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page as Tab

from tests.web.conftest import REPO

AXE = REPO / "tests" / "data" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {
    "aria-allowed-attr": "new-kind",
    "aria-conditional-attr": "new-kind",
    "aria-prohibited-attr": "new-kind",
    "aria-valid-attr": "new-kind",
    "nested-interactive": "new-kind",
    "target-size": "new-target",
    "scrollable-region-focusable": "scrolls",
    "color-contrast": "new-colour",
}
"""Rules that look at one element, what is in it and what it is in, each with the mark of those that it is asked of."""

EVERY_RULE = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
ANOTHER_WIDTH = ("target-size", "scrollable-region-focusable")
ANOTHER_SCHEME = ("color-contrast",)
"""The rules that another width and other colours can break."""

MARK = """([seen, wanted]) => {
  const known = new Map(Object.entries(seen).map(([mark, keys]) => [mark, new Set(keys)]));
  const alike = window.alikeOnThisPage = new Map(Object.keys(seen).map((mark) => [mark, new Map()]));
  const short = (said) => {
    let [one, two] = [0x811c9dc5, 0x1b873593];
    for (let at = 0; at < said.length; at++) {
      one = Math.imul(one ^ said.charCodeAt(at), 0x01000193);
      two = Math.imul(two ^ said.charCodeAt(at), 0x85ebca6b);
    }
    return String((one >>> 0) * 0x200000 + (two >>> 11));
  };
  const marks = [];
  const ask = (box, mark, said) => {
    const key = short(said), others = alike.get(mark);
    if (known.get(mark).has(key)) return;
    if (others.has(key)) return void others.get(key).push(box);
    others.set(key, [box]);
    marks.push([box, mark, key]);
  };

  // axe passes by what is not there for anybody, or what nobody can see: that says nothing of one alike that is.
  const there = (box) => box.checkVisibility({ visibilityProperty: true }) && !box.closest("[aria-hidden=true]");
  const visible = (box) => box.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const words = (box) => [...box.childNodes].map((one) => one.nodeType === 3 ? one.data.trim() : "").join("");

  // What an element is, without what it says and the names that it has: of those it matters that they are there.
  const matters = /^(class|style|type|role|tabindex|lang|dir)$|^aria-(?!label|describedby|controls|owns|details)/;
  const own = (box) => box.tagName + [...box.attributes].map((one) =>
    matters.test(one.name) ? `${one.name}=${one.value}` : one.name).sort().join(" ");
  const skeletons = new Map(), chains = new Map();
  const skeleton = (box) => {
    if (!skeletons.has(box)) {
      const inside = new Set([...box.childNodes].map((one) =>
        one.nodeType === 1 ? skeleton(one) : one.nodeType === 3 && one.data.trim() ? "words" : ""));
      skeletons.set(box, short(`${there(box)} ${own(box)}(${[...inside].join(" ")})`));
    }
    return skeletons.get(box);
  };
  const chain = (box) => {
    if (!box) return "";
    if (!chains.has(box)) chains.set(box, short(`${chain(box.parentElement)}>${own(box)}`));
    return chains.get(box);
  };

  const behind = new Map();
  const ground = (box) => {
    if (!box) return "";
    if (!behind.has(box)) {
      const look = getComputedStyle(box), clear = look.backgroundColor === "rgba(0, 0, 0, 0)";
      const plain = clear && look.backgroundImage === "none" && look.opacity === "1";
      const mine = plain ? "" : `${look.backgroundColor} ${look.backgroundImage} ${look.opacity}`;
      const whole = !clear && !look.backgroundColor.startsWith("rgba") && look.opacity === "1";
      behind.set(box, whole ? mine : mine + ground(box.parentElement));
    }
    return behind.get(box);
  };
  const shown = (box) => {
    const look = getComputedStyle(box);
    return [box.tagName, look.color, look.fill, look.fontSize, look.fontWeight, look.textShadow, look.position,
            box.matches(":disabled"), ground(box)].join("|");
  };

  for (const mark of ["new-kind", "new-target", "scrolls", "new-colour"]) {
    for (const box of document.querySelectorAll(`[${mark}]`)) box.removeAttribute(mark);
  }
  const wants = (mark) => wanted.includes(mark), targets = [];
  for (const box of document.querySelectorAll("*")) {
    if (wants("new-kind") && there(box)) ask(box, "new-kind", `${chain(box.parentElement)} ${skeleton(box)}`);
    const longer = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
    if (wants("scrolls") && longer && /auto|scroll/.test(getComputedStyle(box).overflow)) {
      marks.push([box, "scrolls", ""]);
    }
    if (!visible(box)) continue;
    const worded = document.body.contains(box) && (box.matches("input, select, textarea") || words(box));
    // Of one letter axe does not know whether it is a word or a drawing.
    if (wants("new-colour") && worded) ask(box, "new-colour", `${shown(box)}|${box.textContent.trim().length === 1}`);
    if (!wants("new-target")) continue;
    if (!box.matches("a[href], button, input, select, textarea, summary, [tabindex], [role]")) continue;
    const place = box.getBoundingClientRect();
    if (place.width && place.height) targets.push([place.top, place, box]);
  }

  // A target is as another one if all that is near is as near as there: what lies upon it, and what is within the room
  // that a small one needs.
  targets.sort((one, other) => one[0] - other[0]);
  const near = new Map(targets.map(([, , box]) => [box, []]));
  const small = (place) => place.width < 24 || place.height < 24;
  const placed = (box, place, there) => [own(box), there.left - place.left, there.top - place.top,
    there.width, there.height].map((one) => typeof one === "number" ? Math.round(one * 10) / 10 : one).join(" ");
  targets.forEach(([, place, box], at) => {
    for (let next = at + 1; next < targets.length && targets[next][0] < place.bottom + 24; next++) {
      const [, there, other] = targets[next];
      const room = small(place) || small(there) ? 24 : 0;
      const beside = there.left >= place.right + room || there.right + room <= place.left;
      if (beside || there.top >= place.bottom + room || box.contains(other) || other.contains(box)) continue;
      near.get(box).push(placed(other, place, there));
      near.get(other).push(placed(box, there, place));
    }
  });
  for (const [, place, box] of targets) {
    const size = `${Math.min(24, Math.floor(place.width))} ${Math.min(24, Math.floor(place.height))}`;
    const around = `${own(box.parentElement)} ${words(box.parentElement) !== ""}`;  // in running text it may be small
    ask(box, "new-target", [own(box), "in", around, size, ...near.get(box).sort()].join("|"));
  }
  for (const [box, mark, key] of marks) box.setAttribute(mark, key);
  return [...new Set(marks.map(([, mark]) => mark))];
}"""
"""Marks the elements of which the narrow rules are asked, those that are like none seen before; gives which marks.

A kind is an element with all that it is in and all that is in it; for a target it is how large it is and what is near.
For contrast axe-core looks at the colour and size of
an element's words, and at what is behind them.
"""

ASK = """async ([narrow, options]) => {
  axe.configure({ rules: Object.entries(narrow).map(([id, mark]) => ({ id, selector: `[${mark}]` })) });
  axe.addReporter("with elements", (raw, _, done) => done(raw));
  const found = [], sure = { "new-target": new Set(), "new-colour": new Set() };
  const kinds = [...document.querySelectorAll("[new-kind]")].map((box) => box.getAttribute("new-kind"));
  const run = async (asked) => {
    const rules = await axe.run(document, { ...asked, reporter: "with elements", preload: false });
    for (const { id, passes, violations } of rules) {
      found.push(...violations.map(({ node }) => `${id}: ${node.element.outerHTML.slice(0, 200)}`));
      if (!(narrow[id] in sure)) continue;
      for (const { node, any } of [...passes, ...violations]) {
        if (any.every(({ data }) => data?.messageKey !== "hidden")) {
          sure[narrow[id]].add(node.element.getAttribute(narrow[id]));
        }
      }
    }
  };
  await run(options);

  // Where axe came to no end with the first of several that are alike, it is asked of the others.
  const again = [];
  for (const [rule, mark] of Object.entries(narrow).filter(([, mark]) => mark in sure)) {
    for (const box of document.querySelectorAll(`[${mark}]`)) box.removeAttribute(mark);
    const others = [...window.alikeOnThisPage.get(mark)].filter(([key, boxes]) => boxes[1] && !sure[mark].has(key));
    for (const [key, boxes] of others) boxes.slice(1).forEach((box) => box.setAttribute(mark, key));
    if (others.length) again.push(rule);
  }
  if (again.length) await run({ runOnly: { type: "rule", values: again } });
  const judged = Object.fromEntries(Object.entries(sure).map(([mark, keys]) => [mark, [...keys]]));
  return { found, seen: { "new-kind": kinds, ...judged } };
}"""
"""What axe finds, and of what marks the keys are known now: of kinds each, of targets and colours those judged."""


@dataclass
class Seen:
    """What was judged on the pages before: kinds of elements, targets and colours, of each way a page is shown."""

    kinds: dict[str, set[str]] = field(default_factory=dict)
    targets: dict[str, set[str]] = field(default_factory=dict)
    colours: dict[str, set[str]] = field(default_factory=dict)


def hindrances(tab: Tab, seen: Seen, size: str, scheme: str, rules: Collection[str] = ()) -> list[str]:
    """What axe-core, which the tab holds, finds on the page as it is now, each with where.

    `size` and `scheme` name how the page is shown: what was judged so before is not looked at again. `rules` are
    those that another way of showing a page can break; without them every rule is asked.
    """
    known = {
        "new-kind": seen.kinds.setdefault(size, set()),
        "new-target": seen.targets.setdefault(size, set()),
        "new-colour": seen.colours.setdefault(scheme, set()),
    }
    wanted = sorted({NARROW[one] for one in rules or NARROW})
    marked = tab.evaluate(MARK, [{mark: list(keys) for mark, keys in known.items()}, wanted])
    asked = [one for one in rules if NARROW[one] in marked]
    if rules and not asked:
        return []
    options = {"runOnly": {"type": "rule", "values": asked}} if asked else EVERY_RULE
    said: dict[str, Any] = tab.evaluate(ASK, [NARROW, options])
    for mark, keys in known.items():
        keys.update(said["seen"][mark])
    found: list[str] = said["found"]
    return found
