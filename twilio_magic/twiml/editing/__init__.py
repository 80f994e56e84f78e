"""What an editor needs: completion, descriptions, the element at the cursor, drafts."""
