"""Editing: completion, descriptions, the element at the cursor, drafts."""
