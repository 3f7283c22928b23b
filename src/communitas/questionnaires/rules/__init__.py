"""What the network has decided about questionnaires: what is asked, who answers once, and what may be shown."""
