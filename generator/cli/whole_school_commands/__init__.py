"""Commands about the school's folder as a whole: lists, register, provision, reviews, templates, packs, the page."""
