"""cnncalc: shapes, parameters and multiplications of any CNN, layer by layer."""

__version__ = "0.1.0"
