"""Taking payments: what is asked for, how it is judged, and what an application is told."""
