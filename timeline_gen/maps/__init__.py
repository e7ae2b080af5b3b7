"""Maps: outlines of land, projections, clipping, and where names go; plain numbers in, plain numbers out."""
