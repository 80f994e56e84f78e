"""The rules that a document is checked against, one module a family."""
