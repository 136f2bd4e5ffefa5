"""Makes the archive for Windows: Python, libraries, the program and its starters in one folder, without installing.

In: python.org's embeddable Python, whose files are pinned by hash (`python.sha256`), and the libraries of
`wheels.lock`, each by hash too. Out: `sendpack-<version>-windows.zip`, the same bytes whenever it is made from the same
inputs. It is made on any system; nothing of it is fetched when the program runs. `make windows` is the door.
"""
