"""What is known from earlier builds, and by which keys it is found again."""
