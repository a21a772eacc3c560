"""The pages that readers read. No models."""
