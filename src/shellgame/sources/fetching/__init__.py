"""What fetch knows without a socket: which answers and addresses are fit, what came in part, what was seen before."""
