"""What a person has in their calendar, as iCalendar (RFC 5545) and as invitations by mail (RFC 5546)."""
