"""From what stands on printed pages to blocks: lines, columns, furniture, paragraphs and tables."""
