"""Formulas: each rule written once as a plain function; the number, the text and the derivation are read off it.

Called with integers a rule calculates; called with symbols it returns an expression (`expression.py`), which
`write.py` turns into text, LaTeX and steps, `solve.py` turns round, and `slips.py` bends the way people do.
"""
