"""How parties stand to one another on a day: links, what they share, networks."""
