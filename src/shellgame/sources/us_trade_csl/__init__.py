"""The Consolidated Screening List of the US International Trade Administration, and the Denied Persons List alone."""
