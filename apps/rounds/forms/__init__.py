"""What officers type into a round's set-up."""
