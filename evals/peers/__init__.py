"""This program beside what people would use instead, on the same corpora: `python -m evals.peers --help`.

What is compared is installed into an environment of its own (`environment.py`) and run there (`worker.py`, `systems/`); nothing of
it belongs to the project. Modules that run there import nothing of the project but each other.
"""
