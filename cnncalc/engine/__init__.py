"""A network, layer by layer: the walk, the receptive field, expectations, remedies."""
