"""Question-answer sets in the forms people keep them in; one file a form."""

from evals.formats.convert import FORMS, convert
from evals.formats.read import read_set
from evals.formats.write import write_set

__all__ = ["FORMS", "convert", "read_set", "write_set"]
