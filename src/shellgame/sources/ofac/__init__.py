"""What both of OFAC's lists share: their layouts, their remarks, their programmes, and links by name."""
