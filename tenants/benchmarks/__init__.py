"""What many tenants cost, measured beside the stock way in one run: `tieubieu bench tenants`.

Everything happens in scratch databases that are dropped afterwards, on the server of the settings.
"""
