"""Writing documents: the builder, and templates."""
