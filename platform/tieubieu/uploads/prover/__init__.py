"""The child that opens what strangers sent. It imports neither Django nor anything of the house above it.

`python -I -m tieubieu.uploads.prover LIMITS KIND…` in a folder that holds `given`; it answers one JSON object:
`{"kind": "jpeg", "width": …}`, or `{"refused": reason, …facts}`. Photos are drawn anew beside `given`.
"""
