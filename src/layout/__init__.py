"""A newspaper special-issue compositor: manuscript and photographs in, press-ready PDF/X out."""
