"""scikit-learn: splits, scalers and encoders, toy data."""
