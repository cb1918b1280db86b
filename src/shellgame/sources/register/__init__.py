"""Any company register, in tables of a layout of our own: companies, people, officers, holdings, addresses, contacts, names."""
