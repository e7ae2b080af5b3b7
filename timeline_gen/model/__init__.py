"""The nouns that the stages hand on, complete from the moment they are made.

A stage that knows more makes a new noun, never a fuller old one.
"""
