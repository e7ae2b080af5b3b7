"""Files that content names: which kinds there are, what each holds, and how a text finds them."""
