"""Language models to run on this machine: which there are, what it can carry, and how to fetch one."""
