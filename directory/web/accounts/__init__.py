"""The pages of those who log in: the way in, one's own account, one's team, the administration."""
