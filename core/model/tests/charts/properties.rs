//! What holds of any chart.
