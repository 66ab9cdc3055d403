"""Whiteboards: boxes on a declared grid that stay where they were first drawn, minute by minute.

read(entry, slug)                      a board from `data/boards/<slug>.yml`
problems(board, language, fill)        what does not fit
draw(board, language, minute, fill)    the drawing, a record as every other diagram's
changes(board, language, minute, fill) what is new at a minute, in words
"""

from handbook.boards.board import FOLDER, RULE, Arrow, Board, Box, Moment, read
from handbook.boards.draw import changes, draw, problems

__all__ = ["FOLDER", "RULE", "Arrow", "Board", "Box", "Moment", "changes", "draw", "problems", "read"]
