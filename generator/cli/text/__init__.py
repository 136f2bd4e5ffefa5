"""How results are said in a terminal: findings, tables, reports, SARIF. Values in, lines out."""
