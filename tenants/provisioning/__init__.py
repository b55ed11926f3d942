"""How schemas come to be: migrated once as a template, read as a snapshot, stamped for every tenant.

`states` names what the migrations on disk amount to, `reading` turns a schema into statements,
`snapshots` keeps them, `stamping` makes schemas of them, `rights` builds the second wall,
`fanout` carries new migrations to every tenant, `services` is what the doors call.
"""
