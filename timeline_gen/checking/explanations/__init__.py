"""What each code of a problem means, why it matters, and an example of the mistake and of its mend."""

from __future__ import annotations

from timeline_gen.checking.explanations.facts import (
    Example,
    ExampleFile,
    Explanation,
    ReportedProblem,
    explanation,
)
from timeline_gen.checking.explanations.page import Part, ProblemPage, page_of, rendered_markdown

__all__ = [
    "Example",
    "ExampleFile",
    "Explanation",
    "Part",
    "ProblemPage",
    "ReportedProblem",
    "explanation",
    "page_of",
    "rendered_markdown",
]
