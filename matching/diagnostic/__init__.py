"""What is known of a person's needs, read with the national common method."""
