"""The EU's consolidated list of financial sanctions, the Financial Sanctions Files: source `eu_fsf`."""
