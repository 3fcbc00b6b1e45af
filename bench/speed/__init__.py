"""How long an import takes, beside other programs and beside the least that it could take."""
