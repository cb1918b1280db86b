"""OFAC's consolidated list of sanctions other than the SDN list."""
