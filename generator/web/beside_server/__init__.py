"""Work that takes a while, in a process beside the server: the same doors as the commands, plain values in and out."""
