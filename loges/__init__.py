"""The domain: people, loges, experts, services, reviews, events; it knows none of its doors."""
