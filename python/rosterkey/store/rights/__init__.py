"""Who may do what on a database server: the roles, the policies of each table, the grants."""
