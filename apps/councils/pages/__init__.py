"""The pages of a council session: the desk that runs it, the phones that follow it, its minutes."""
