"""What people are told: notices inside the platform, and the mail that goes out."""
