"""A second implementation of hotline/1, written from docs/spec alone."""
