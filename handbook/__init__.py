"""The ML System Design Handbook's checks, numbers, diagrams and site build."""
