"""The linter of decree 30/2020/NĐ-CP: what it fixes in millimetres, points and words, checked on a document.

`lint(read_word(data))` is all of it. Nothing here imports Django; `data` has been proven by `tieubieu.uploads` before.
"""
