"""The command line: options in, one call to a room's door, words out.

Each module holds one family of commands; `main` lists them all, `options` what several share, `errors` how a run ends,
`text/` how results are said. Libraries are loaded by the command that needs them, so that `--help` stays quick.
"""

from generator.cli.main import main

__all__ = ["main"]
