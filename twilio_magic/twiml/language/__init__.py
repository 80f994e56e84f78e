"""What TwiML consists of, and the XML that it is written in: the ground that everything else stands on."""
