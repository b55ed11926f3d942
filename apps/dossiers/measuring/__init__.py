"""What the filing half carries: `tieubieu bench filing`.

Over HTTP, against the web process that `tieubieu run` starts, in a database of its own that is dropped afterwards.
Answers are saved, photos uploaded and dossiers filed by people who come when they come (see
`tenants.benchmarks.arrivals`); in the end every word of the site that something was kept is held against the database.
"""
