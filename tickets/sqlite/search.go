package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"maildesk/tickets"
)

var (
	searchTickets    = statement("search_tickets")
	searchEntry      = statement("search_entry")
	groupOfTicket    = statement("group_of_ticket")
	groupsByHeaderID = statement("groups_by_header_id")
)

// excerptLetters is how long the words around a hit are at most.
const excerptLetters = 80

// Search finds up to limit tickets on which all words stand: in the number, the subject, the requester's name and address, or
// an entry that is not private; letter case does not matter in ASCII. The newest comes first. Tickets of groups for which sees is
// false are not found. It looks at every ticket; an index of the words comes with the knowledge base.
func (s *Store) Search(ctx context.Context, words []string, sees func(group string) bool, limit int) (out []tickets.Hit, err error) {
	if len(words) == 0 || limit < 1 {
		return nil, nil
	}
	patterns, err := json.Marshal(likes(words))
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	err = s.view(ctx, func(v *access) error {
		err := v.each(searchTickets, []any{string(patterns)}, func(r row) error {
			t, err := scanTicket(r)
			if err != nil || !sees(t.Group) {
				return err
			}
			if out = append(out, tickets.Hit{Ticket: *t}); len(out) == limit {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			return err
		}
		for i := range out {
			var text string
			if _, err := v.first(searchEntry, []any{out[i].Ticket.ID, string(patterns)}, &text); err != nil {
				return err
			}
			out[i].Excerpt = tickets.Excerpt(text, words, excerptLetters)
		}
		return nil
	})
	return out, err
}

var likeSigns = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// likes are the patterns that find words anywhere.
func likes(words []string) []string {
	out := make([]string, len(words))
	for i, word := range words {
		out[i] = "%" + likeSigns.Replace(word) + "%"
	}
	return out
}

// Why is the account of what a question asks about, as far as its reader may see it: mails of tickets whose group sees does not
// allow are left out. What is not there and what may not be seen look alike.
func (s *Store) Why(ctx context.Context, q tickets.Question, sees func(group string) bool) (tickets.LedgerAccount, error) {
	account, err := s.about(ctx, q)
	if err != nil {
		return tickets.LedgerAccount{}, err
	}
	var seen tickets.LedgerAccount
	err = s.view(ctx, func(v *access) error {
		may := v.mayRead(sees)
		for _, m := range account.Messages {
			if ok, err := may(m.Ticket, m.HeaderID); err != nil {
				return err
			} else if ok {
				seen.Messages = append(seen.Messages, m)
			}
		}
		for _, u := range account.Unread {
			if ok, err := may(0, u.HeaderID); err != nil {
				return err
			} else if ok {
				seen.Unread = append(seen.Unread, u)
			}
		}
		for _, o := range account.Outgoing {
			if ok, err := may(o.Ticket, ""); err != nil {
				return err
			} else if ok {
				seen.Outgoing = append(seen.Outgoing, o)
			}
		}
		return nil
	})
	return seen, err
}

// about asks the ledger. An address and a Message-ID look alike, so both are tried.
func (s *Store) about(ctx context.Context, q tickets.Question) (tickets.LedgerAccount, error) {
	if q.Number != "" {
		return s.WhyNumber(ctx, q.Number)
	}
	account, err := s.WhyMessageID(ctx, q.About)
	if err != nil || !account.Empty() {
		return account, err
	}
	return s.WhyAddress(ctx, q.About)
}

// mayRead says of a mail whether every ticket that it is on may be seen, by the ticket's ID, 0 for none, and its Message-ID.
func (a *access) mayRead(sees func(group string) bool) func(ticket int64, headerID string) (bool, error) {
	known := map[int64]bool{0: true}
	return func(ticket int64, headerID string) (bool, error) {
		if _, asked := known[ticket]; !asked {
			var group string
			if _, err := a.first(groupOfTicket, []any{ticket}, &group); err != nil {
				return false, err
			}
			known[ticket] = sees(group)
		}
		if !known[ticket] || headerID == "" || ticket != 0 {
			return known[ticket], nil
		}
		all := true
		err := a.each(groupsByHeaderID, []any{headerID}, func(r row) error {
			var group string
			err := r.scan(&group)
			all = all && sees(group)
			return err
		})
		return all, err
	}
}
