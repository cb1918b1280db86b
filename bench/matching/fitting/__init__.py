"""How the two scores of names are fitted: `names` and `bending` make names, `questions` asks an index for them, `rows` is what
comes of that, and from these `search` and `pairs` learn a forest each, of `trees`. Imports point back.
"""
