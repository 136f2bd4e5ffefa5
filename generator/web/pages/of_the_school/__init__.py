"""Pages about the school as a whole: pupils, views, the year's work, lists brought in, forms, the look of documents."""
