"""A copy of everything that is kept about a child, for whoever may ask for it, with what a person has to look at before it is given out."""
