"""Scores of annotations against gold, and the quality gate that keeps them from falling."""
