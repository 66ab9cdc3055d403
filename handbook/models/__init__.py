"""Models: what a formula is too short for, as small pure modules.

A numbers file declares a model with its quantities (`models:` there); `handbook.numbers.border` checks names
and units at its border. A module has two frozen dataclasses, `Inputs` and `Outputs`, whose fields are
`Annotated[float, unit]` or tuples of them, and `run(inputs) -> outputs`, which raises `ValueError` for
inputs out of range. Its docstring has the formulas and their source. What samples is seeded, so that two
builds give the same numbers.
"""
