"""Text messages: how they are sent, delivered and answered, and what applications are told of them."""
