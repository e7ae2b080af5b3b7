"""What templates show of dates, texts, entities, sources, media, articles and events, in one language."""
