"""`{{ board }}`: the whiteboard of this page as it grows; `{{ board: 20 }}` as it is at that minute."""

from __future__ import annotations

from handbook import boards
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return fences that are drawn; as text each says what is new on the board.

    All minutes stand one after the other; `web/board.js` lets a reader step through them.
    """
    board = writer.book.boards.get(writer.page.slug)
    if board is None:
        raise WriteError(f"the page has no board data/boards/{writer.page.slug}.yml")
    if argument:
        if argument not in map(str, board.minutes):
            known = ", ".join(map(str, board.minutes))
            raise WriteError(f"the board is not shown at minute `{argument}`", f"it is at {known}")
        return _fence(writer, board, int(argument))
    steps = [_step(writer, board, moment) for moment in board.moments]
    return "\n\n".join(['<div class="boards" markdown>', *steps, "</div>"])


def _step(writer: Writer, board: boards.Board, moment: boards.Moment) -> str:
    since = board.before(moment.minute)
    title = writer.values(board.titles[writer.language])
    minute = writer.text("board.minute", minute=moment.minute)
    new = f" {writer.text('board.legend', since=since)}" if since else ""
    said = [writer.prose(moment.texts[writer.language])] if moment.texts else []
    return "\n\n".join(
        [
            f'<div class="boards-step" id="board-{moment.minute}" markdown>',
            f'<p class="boards-minute"><span>{title}</span> <span>{minute}</span>{new}</p>',
            _fence(writer, board, moment.minute),
            *said,
            "</div>",
        ]
    )


def _fence(writer: Writer, board: boards.Board, minute: int) -> str:
    new = boards.changes(board, writer.speech, minute, writer.values)
    return "\n".join(["```board", str(minute), *new, "```"])
