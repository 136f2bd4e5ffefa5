"""Imported last by the clean process that workers come from: what is loaded by then is never garbage.

The collector of garbage looks through everything at hand again and again, in each worker; and what it touches is copied
for that worker, since the workers share the memory of the process that they come from until they write in it.
"""

import gc

gc.collect()
gc.freeze()
