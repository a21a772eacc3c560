"""What every concept's pages share: fragments, paging, Markdown, headers, errors. No models."""
