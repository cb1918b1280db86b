"""The LEI register of GLEIF: who is who, and who consolidates whom."""
