"""Work shared out to processes, and work within limits of time and memory."""
