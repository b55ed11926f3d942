"""PostgreSQL as the platform uses it: no cursor without a binding, two walls around each tenant.

Settings name this package as the database engine; Django finds `base.DatabaseWrapper`.
"""
