"""What is double-clicked or typed: `.cmd` files, in the bytes that Windows reads."""

from __future__ import annotations

PROGRAM = r'"%~dp0python\python.exe" -X utf8 -m generator'
"""`-X utf8`: what is written into a pipe or a file keeps its letters, whatever the machine's code page."""

COMMAND = f"""@echo off
rem sendpack: each child's SEN support as small files. This window's letters are set to UTF-8.
chcp 65001 >nul 2>nul
{PROGRAM} %*
exit /b %errorlevel%
"""

OPEN = f"""@echo off
rem Opens sendpack in your browser. The first time it asks where your school's folder is to be.
title sendpack
chcp 65001 >nul 2>nul
{PROGRAM} open --begin
if errorlevel 1 pause
"""

READ_ME = """sendpack {version} for Windows

1. Unzip the whole folder: in Documents, on a stick, wherever you may keep files. Nothing is installed.
2. Double-click "Open sendpack". It asks where your school's folder is to be, makes it, and opens it in your browser.
   From then on, double-click "Open sendpack" in your school's folder.
3. "For your IT department" is a page for the people who look after your computer.

To remove sendpack, delete this folder. Your school's folder is yours and stays.
"""


def crlf(text: str) -> bytes:
    """Text with the line ends that cmd.exe and Notepad expect."""
    return text.replace("\n", "\r\n").encode()


def starters(version: str) -> dict[str, bytes]:
    """The files at the top of the folder, by name."""
    return {
        "sendpack.cmd": crlf(COMMAND),
        "Open sendpack.cmd": crlf(OPEN),
        "Read me first.txt": crlf(READ_ME.format(version=version)),
    }
