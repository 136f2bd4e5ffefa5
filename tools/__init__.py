"""What makes the program's packages and is no part of it: `tools.windows` makes the archive for Windows."""
