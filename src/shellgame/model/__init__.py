"""The vocabulary: claims, versions, entities, days, and FollowTheMoney as we use it."""
