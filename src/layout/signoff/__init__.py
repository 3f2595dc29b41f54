"""Sign-off (三审三校): who has passed which copy and which pages, when, and what has changed since."""
