"""One simulated world: its clock, account, phones and resources."""
