"""What the platform costs, measured beside something simpler in one run: `tieubieu bench tenants` does it for many
tenants; rooms register benchmarks of theirs in `choices`.

Everything happens in scratch databases that are dropped afterwards, on the server of the settings.
"""
