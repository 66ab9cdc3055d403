"""`{{ arc }}`: the whole interview as a flow chart, with the loops that lead back."""

from __future__ import annotations

from handbook.writer import Writer


def write(writer: Writer, argument: str) -> str:
    """Return a Mermaid fence: the stages from top to bottom, the loops dotted."""
    language, stages = writer.language, writer.book.stages
    names = {stage.id: stage.labels[language] for stage in stages}
    loops = writer.book.loops
    told = writer.speech.typography.semicolon.join(
        writer.text("loop", a=names[loop.origin], b=names[loop.target], label=loop.labels[language])
        for loop in loops
    )
    listed = writer.speech.typography.list.join(names.values())
    lines = [
        "```mermaid",
        "flowchart TD",
        f"  accTitle: {writer.text('arc_title')}",
        f"  accDescr: {writer.text('arc_description', list=listed, loops=told)}",
    ]
    for stage in stages:
        title = f"<b>{stage.number}. {names[stage.id]}</b> · {writer.text('min', n=stage.minutes)}"
        lines.append(f'  {stage.id}["{title}<br/>{stage.keys[language]}"]')
    lines.append("  " + " --> ".join(stage.id for stage in stages))
    lines += [f'  {loop.origin} -.->|"{loop.labels[language]}"| {loop.target}' for loop in loops]
    return "\n".join([*lines, "```"])
