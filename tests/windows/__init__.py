"""The archive for Windows: what is in it, and that it runs, under Wine where that is here."""
