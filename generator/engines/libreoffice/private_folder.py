"""The private folder of a LibreOffice: a profile that loads nothing and asks nothing, with our fonts."""

from __future__ import annotations

import os
import sys
from html import escape
from pathlib import Path

from generator.engines.libreoffice import find_soffice
from generator.fonts import shipped_fonts

_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    (_SECURITY, "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Office.Update/Update", "Enabled", "false"),
)
"""Nothing linked is loaded (pictures from the network or the disk), no macro runs, nothing asks questions."""


def profile_options(place: Path) -> list[str]:
    """What the program is told at every start: to use that profile, unseen, without questions."""
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    return [profile, "--headless", "--norestore", "--nolockcheck", "--nofirststartwizard"]


def write_profile(folder: Path) -> None:
    """A profile with our settings alone."""
    items = "\n".join(
        f'<item oor:path="{escape(path)}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(f"{head}{items}\n</oor:items>\n", encoding="utf-8")


def environment(place: Path) -> dict[str, str]:
    """The program's surroundings: whatever it writes for itself goes into our private folder."""
    folder = place / "home"
    folder.mkdir(exist_ok=True)
    ours = find_soffice.home(folder)
    if sys.platform.startswith("linux"):
        ours |= {"FONTCONFIG_FILE": str(place / "fonts.conf"), "SAL_USE_VCLPLUGIN": "svp"}
    return os.environ | ours


def write_fontconfig(place: Path) -> None:
    """Linux: our fonts, and the machine's others behind them; the machine's copies of ours are not seen.

    Elsewhere LibreOffice brings Liberation Sans, Carlito and DejaVu Sans itself.
    """
    ours = shipped_fonts.folder()
    reject = "".join(_pattern("family", family) for family in shipped_fonts.FACES)
    accept = "".join(_pattern("file", str(ours / name)) for names in shipped_fonts.FACES.values() for name in names)
    user = "".join(f"<dir>{escape(str(Path.home() / name))}</dir>" for name in (".fonts", ".local/share/fonts"))
    system = "".join(f'<include ignore_missing="yes">/etc/fonts/{name}.conf</include>' for name in ("fonts", "local"))
    place.joinpath("fonts.conf").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"<cachedir>{escape(str(place / 'fontcache'))}</cachedir>\n<dir>{escape(str(ours))}</dir>{user}\n<selectfont>\n"
        f"<rejectfont>{reject}</rejectfont>\n<acceptfont>{accept}</acceptfont>\n</selectfont>\n{system}\n</fontconfig>\n",
        encoding="utf-8",
    )


def _pattern(name: str, value: str) -> str:
    return f'<pattern><patelt name="{name}"><string>{escape(value)}</string></patelt></pattern>\n'
