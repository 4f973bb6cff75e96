"""What whole questions ask for, measured on questions written apart."""

from evals.question_shapes import LABELLED, measures_of
from index.question_shapes import SHAPES, WRITTEN, shape_of, written


def test_measures_count_what_is_read_as_labelled() -> None:
    question = "近五年各年的粮食产量分别是多少"
    assert shape_of(question) == "series"
    found = measures_of([(question, "series"), (question, "total"), ("谁来负责验收", "")])
    assert found["all"] == [True, False, True]
    assert found["series precision"] == [True, False]
    assert found["total recall"] == [False]


def test_the_questions_to_measure_on_are_not_trained_on() -> None:
    measured, trained = written(LABELLED), written(WRITTEN)
    assert {shape for _, shape in [*measured, *trained]} == {"", *SHAPES}
    assert not {question for question, _ in measured} & {question for question, _ in trained}
