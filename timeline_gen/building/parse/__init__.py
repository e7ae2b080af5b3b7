"""What a site is made of, read: files into values, with what is kept of earlier builds."""
