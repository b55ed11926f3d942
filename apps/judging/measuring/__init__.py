"""What the judging half carries: `tieubieu bench judging`.

A panel far above any legal one saves its marks over HTTP, each judge every five seconds, against the web process that
`tieubieu run` starts; what the site said it has kept is held against the database. Then the same sheets are scored end
to end, beside one bare SQL aggregate over the same rows.
"""
