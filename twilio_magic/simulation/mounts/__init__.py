"""Web applications mounted at an address: in process by WSGI; everything else goes over the network."""
