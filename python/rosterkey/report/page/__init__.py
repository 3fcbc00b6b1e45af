"""A plan or an import as one page for whoever approves it: content, and how it looks."""
