"""What every province shares: administrative units, regions, working days and the law itself, as dated public rows."""
