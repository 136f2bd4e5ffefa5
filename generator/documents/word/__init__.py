"""The one door to .docx files as zips of XML parts, and the pictures that go into them."""
