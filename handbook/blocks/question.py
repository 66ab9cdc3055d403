"""`{{ question: churn }}`: what data/questions.yml knows of a question of the page, and what is nearest to it."""

from __future__ import annotations

from handbook.problems import guess
from handbook.source.questions import Question
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return one line: the stage that decides, how hard it is, how long it takes, where to read on."""
    known = {each.id: each for each in writer.book.questions.values() if each.page == writer.page.slug}
    if argument not in known:
        raise WriteError(f"unknown question `{argument}`", guess(argument, known) or "add it to data/questions.yml")
    question = known[argument]
    facts = {
        "hardest": f"[{stage(writer, question)}]({writer.path_to(f'framework/{question.hardest}')})",
        "difficulty": difficulty(writer, question),
        "minutes": writer.text("minutes_long", n=question.minutes),
        "nearest": writer.link_to(question.nearest),
    }
    colon = writer.speech.typography.colon
    return " · ".join(f"**{writer.text(f'questions.{key}')}**{colon}{fact}" for key, fact in facts.items())


def stage(writer: Writer, question: Question) -> str:
    """Return the name of the stage that decides a question."""
    stages = {stage.id: stage.labels[writer.language] for stage in writer.book.stages}
    return stages.get(question.hardest, question.hardest)


def difficulty(writer: Writer, question: Question) -> str:
    """Return the word for how hard a question is."""
    return writer.text(f"questions.difficulty_{question.difficulty}")
