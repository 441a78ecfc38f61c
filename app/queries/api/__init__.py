"""What programs read of an organisation's events: plain values, pages of rows, no confidences."""
