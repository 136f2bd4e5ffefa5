"""Word to PDF with LibreOffice: found on this machine, tested with one page, run with a profile of its own."""
