"""A user's own set of entities in a format of FollowTheMoney or OpenSanctions."""
