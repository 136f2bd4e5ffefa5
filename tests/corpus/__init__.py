"""Any folder of files put through intake and bundle one by one: what went in, was refused, was lost."""
