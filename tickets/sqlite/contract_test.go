package sqlite_test

import (
	"maildesk/mailout"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
)

// The transaction satisfies what its users declare.
var (
	_ intake.Tx  = (*sqlite.Tx)(nil)
	_ mailout.Tx = (*sqlite.Tx)(nil)
)
