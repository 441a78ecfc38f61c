"""Tests of what stands on paper."""
