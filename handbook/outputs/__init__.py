"""What readers get: the site, its search, the book as a PDF, and the offline copy."""
