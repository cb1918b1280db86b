"""OFAC's list of Specially Designated Nationals and Blocked Persons."""
