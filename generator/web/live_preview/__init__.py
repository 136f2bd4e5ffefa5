"""The document drawn beside the form as one types: what is asked, drawn and shown; never what is given out."""
