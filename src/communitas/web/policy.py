"""Who reads a calendar feed: its person, and whoever was given its secret address."""

from communitas.members.policy import allow

read_feed = allow("calendar.read_feed", why="A calendar belongs to its person.", network=None, subject="account")
