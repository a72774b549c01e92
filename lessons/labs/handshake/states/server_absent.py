print("nobody here has a socket")
