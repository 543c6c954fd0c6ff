"""Findings and summaries as people and machines read them. Nothing here changes what was found."""
