"""`{{ board: 20 }}`: the whiteboard of this page as it is at a minute; `{{ board }}` the finished one."""

from __future__ import annotations

from handbook.writer import WriteError, Writer

ARROW = "→"


def write(writer: Writer, argument: str) -> str:
    """Return a fence that is drawn; as text it says what is new on the board."""
    board = writer.book.boards.get(writer.page.slug)
    if board is None:
        raise WriteError(f"the page has no board data/boards/{writer.page.slug}.yml")
    known = ", ".join(map(str, board.minutes))
    if argument and argument not in map(str, board.minutes):
        raise WriteError(f"the board is not shown at minute `{argument}`", f"it is at {known}")
    minute = int(argument or board.minutes[-1])
    since = max((earlier for earlier in board.minutes if earlier < minute), default=0)
    names = {box.id: writer.values(box.texts[writer.language]) for box in board.boxes}
    colon = writer.speech.typography.colon
    lines = [names[box.id] for box in board.boxes if since < box.minute <= minute]
    for arrow in board.arrows:
        if since < arrow.minute <= minute:
            label = f"{colon}{writer.values(arrow.texts[writer.language])}" if arrow.texts else ""
            lines.append(f"{names[arrow.start]} {ARROW} {names[arrow.end]}{label}")
    return "\n".join(["```board", str(minute), *lines, "```"])
