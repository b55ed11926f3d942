"""What people type about facilities, as the pages take it."""
