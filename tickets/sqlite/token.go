package sqlite

import (
	"fmt"
	"time"

	"maildesk/tickets"
)

var (
	addTokenUse = statement("add_token_use")
	tokenSpoilt = statement("token_spoilt")
)

// AddTokenUse records that a mail of from has carried the token of one of our mails, shared when others beside the desk
// were in its To or Cc.
func (tx *Tx) AddTokenUse(outbox int64, from string, shared bool, at time.Time) error {
	if _, err := tx.exec(addTokenUse, outbox, tickets.AddressKey(from), shared, at); err != nil {
		return fmt.Errorf("store use of a token: %w", err)
	}
	return nil
}

// TokenSpoilt reports whether a mail recorded so far that carried that token had another From, or was shared. Addresses
// are compared as they are: whoever has aliases is asked about and recorded by one of them.
func (tx *Tx) TokenSpoilt(outbox int64, from string) (bool, error) {
	var one int
	return tx.first(tokenSpoilt, []any{outbox, tickets.AddressKey(from)}, &one)
}
