"""Certificates for everybody, results and complaints for facilities, and the authority's desk for both."""
