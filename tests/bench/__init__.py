import os

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start compiles all modules anew, as on no user's machine
