package intake_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"maildesk/tickets"
	"maildesk/tickets/intake"
)

// counting counts what is asked of the store for the tickets and the people that commands name.
type counting struct {
	intake.Tx
	asked *int
}

func (c counting) LeadByNumber(number, sender string) (*tickets.Lead, error) {
	*c.asked++
	return c.Tx.LeadByNumber(number, sender)
}

func (c counting) Person(address string) (*tickets.Person, error) {
	*c.asked++
	return c.Tx.Person(address)
}

func (c counting) TicketsWith(f tickets.Filter, limit int) ([]tickets.Ticket, error) {
	*c.asked++
	return c.Tx.TicketsWith(f, limit)
}

// A mail with too many commands is refused before any ticket or person is looked for that they name.
func TestTooManyCommandsCostNothing(t *testing.T) {
	for _, c := range []struct{ name, line string }{
		{"numbers", "#IT20231115%03d 接单\r\n"},
		{"numbers as arguments", "#查询 IT20231115%03d\r\n"},
		{"people", "#关注 somebody%d@corp.example\r\n"},
		{"lists", "#列表 %d\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			onTrial(t, func(d *trial) {
				ordering(d)
				asked, update := 0, d.Update
				d.Update = func(ctx context.Context, f func(intake.Tx) error) error {
					return update(ctx, func(tx intake.Tx) error { return f(counting{tx, &asked}) })
				}
				order := func(n int) (got tried, cost int) {
					var body strings.Builder
					for i := range n {
						fmt.Fprintf(&body, c.line, i+3)
					}
					asked = 0
					got = d.post(passed, "From: "+liwei, "Subject: 今天的几件事", "", body.String())
					return got, asked
				}
				_, few := order(50)
				got, many := order(51)
				d.wentOut(got, "transcript "+liwei)
				if text := d.read(got.out[0].Raw).Text; !strings.Contains(text, "最多 50 条命令") {
					t.Errorf("the answer:\n%s", text)
				}
				if _, most := order(1000); few <= many || most > many {
					t.Errorf("50 commands cost %d look-ups, 51 cost %d, 1000 cost %d", few, many, most)
				}
			})
		})
	}
}
