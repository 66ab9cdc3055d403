"""`{{ gantt }}`: the minutes of the stages as a Gantt chart."""

from __future__ import annotations

from handbook.writer import Writer


def write(writer: Writer, argument: str) -> str:
    """Return a Mermaid fence with a bar for each stage and the buffer, each named once, at its bar."""
    stages = [*writer.book.stages, writer.book.buffer]
    names = {stage.id: stage.labels[writer.language] for stage in stages}
    listed = writer.speech.typography.list.join(f"{names[stage.id]} {stage.minutes}" for stage in stages)
    lines = [
        "```mermaid",
        "gantt",
        f"  accTitle: {writer.text('gantt_title', total=writer.book.minutes)}",
        f"  accDescr: {writer.text('gantt_description', list=listed)}",
        "  dateFormat HH:mm",
        f"  axisFormat %-M {writer.text('gantt_axis')}",
        "  tickInterval 5minute",
        "  todayMarker off",
    ]
    for stage in stages:
        tag = "done, " if stage is stages[-1] else ""
        label = f"{names[stage.id]} ({stage.minutes})"
        lines.append(f"  {label} :{tag}{stage.id}, 00:{stage.start:02d}, {stage.minutes}m")
    return "\n".join([*lines, "```"])
