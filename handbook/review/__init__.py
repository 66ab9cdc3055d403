"""Review of a reader's own answer: which stages it leaves out, which anti-patterns it shows.

What happens when:

1. `reading` turns a file into text, whatever its encoding, or says why it is no answer.
2. `criteria` reads data/review.yml and data/framework.yml; `entry` reports what is wrong in
   them at its line, `phrases` makes patterns of the phrases.
3. `answer` folds the text (`folding`), so that a phrase is found whatever its markup, case,
   width or line breaks, remembers the line of every character, notes `titles` and splits the
   text into blocks; `claims` weighs its clauses: argued, plain or empty.
4. `evidence` finds the phrases, those that are denied, and the stages that are left out.
5. `stages` counts what is said of each stage where it is dealt with, in points; `stages` and
   `anti_patterns` judge, `judge` puts the `result` together.
6. `command` prints it and decides the exit code.

Everything is linear in the length of the text: phrases cannot repeat without bound, their
occurrences are examined up to a limit, and what surrounds one is looked at in windows of
fixed length.
"""

from handbook.review.command import main, report
from handbook.review.criteria import DATA, ReviewDataError
from handbook.review.judge import findings, review
from handbook.review.reading import ReviewInputError, read_answer
from handbook.review.result import Finding, Review, StageReview

__all__ = [
    "DATA",
    "Finding",
    "Review",
    "ReviewDataError",
    "ReviewInputError",
    "StageReview",
    "findings",
    "main",
    "read_answer",
    "report",
    "review",
]
