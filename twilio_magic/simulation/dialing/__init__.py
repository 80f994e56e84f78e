"""What <Dial> does with people: whom it calls, how their legs live, and when two parties talk."""
