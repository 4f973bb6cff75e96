"""Public benchmarks, run from a folder the user has and counted by each benchmark's own rules."""

from evals.public.base import Benchmark, Result, run_benchmark
from evals.public.dragonball import DragonBall
from evals.public.rgb import Rgb
from evals.public.span_questions import Cmrc2018, Drcd

BENCHMARKS: dict[str, type[Benchmark]] = {
    "rgb": Rgb,
    "cmrc2018": Cmrc2018,
    "drcd": Drcd,
    "dragonball": DragonBall,
}

__all__ = ["BENCHMARKS", "Benchmark", "Result", "run_benchmark"]
