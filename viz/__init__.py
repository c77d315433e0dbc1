"""The page: a notice's graph as one HTML file that opens without a network."""
