package sqlite_test

import (
	"fmt"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

// BenchmarkSearch looks for a word that is nowhere, which is the longest search, among the timelines of a big desk.
func BenchmarkSearch(b *testing.B) {
	const desk = 20_000
	store, text := sqlitetest.New(b), string(prose(800))
	for n := 0; n < desk; {
		err := store.Update(b.Context(), func(tx *sqlite.Tx) error {
			for range 1000 {
				n++
				ticket := &tickets.Ticket{Number: fmt.Sprintf("n%d", n), Subject: text[:40], Status: tickets.Closed, CreatedAt: time.Unix(int64(n), 0), UpdatedAt: time.Unix(int64(n), 0)}
				if err := tx.AddTicket(ticket); err != nil {
					return err
				}
				for range 4 {
					if err := tx.AddEntry(&tickets.Entry{Ticket: ticket.ID, At: time.Unix(int64(n), 0), Kind: tickets.EntryReply, Text: text, Visibility: tickets.Public}); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if found, err := store.Search(b.Context(), []string{"打印机"}, all, 50); err != nil || len(found) != 0 {
			b.Fatalf("%d found, %v", len(found), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*desk), "µs/ticket")
}
