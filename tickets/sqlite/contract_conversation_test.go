package sqlite_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

func TestHeaderIDsHadBy(t *testing.T) {
	s := newStore(t)
	do(t, s, func(tx deskTx) error {
		open(t, tx, "IT20231115001")
		open(t, tx, "IT20231115002")
		entries := []tickets.Entry{
			{Ticket: 1, HeaderID: "report@mail", Actor: zhang, Recipients: []string{"A@corp.example", "b@corp.example"}},
			{Ticket: 1, HeaderID: "answer@mail", Actor: liwei, At: clock.Add(20 * time.Minute)},
			{Ticket: 1, Actor: zhang, At: clock.Add(21 * time.Minute), Kind: tickets.EntryProblem},
			{Ticket: 1, HeaderID: "report@mail", Actor: zhang, At: clock.Add(22 * time.Minute)},
			{Ticket: 2, HeaderID: "elsewhere@mail", Actor: zhang, Recipients: []string{"a@corp.example"}},
		}
		for _, e := range entries {
			if e.At.IsZero() {
				e.At = clock
			}
			if err := tx.AddEntry(&e); err != nil {
				return err
			}
		}
		queue(t, tx, tickets.LaneNormal, "ZhangSan 1 0", "zhangsan 1 10", "zhangsan 1 11", "zhangsan 1 30", "zhangsan 2 0", "liwei 1 25", "zhangsan 1 40")
		claim(t, tx, tickets.LaneNormal, 25, 9) // of 张三 on the first ticket: m1
		claim(t, tx, tickets.LaneNormal, 25, 9) // m2 and m3, who have waited long enough
		_, err := tx.Release(clock)
		return errors.Join(err, claimed(tx, "m2", tx.MarkSent), claimed(tx, "m3", tx.MarkFailed))
	})
	tests := []struct {
		name, address string
		limit         int
		want          string
	}{
		{"wrote, and was sent what has not failed", "zhangsan@corp.example", 9, "report@mail m1 m2 m4 m7"},
		{"the first and the newest", "zhangsan@corp.example", 3, "report@mail m4 m7"},
		{"just as many", "zhangsan@corp.example", 5, "report@mail m1 m2 m4 m7"},
		{"the first", "zhangsan@corp.example", 1, "report@mail"},
		{"none", "zhangsan@corp.example", 0, ""},
		{"a technician", "LiWei@corp.example", 9, "answer@mail m6"},
		{"one in Cc", "a@corp.example", 9, "report@mail"},
		{"the other in Cc", "B@corp.example", 9, "report@mail"},
		{"a stranger", "corp.example", 9, ""},
		{"nobody", "", 9, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			do(t, s, func(tx deskTx) error {
				if got := strings.Join(must(tx.HeaderIDsHadBy(1, test.address, test.limit))(t), " "); got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
				return nil
			})
		})
	}
}

// claimed claims all that is due, ends one of it and puts the rest back.
func claimed(tx deskTx, id string, end func(int64, time.Time, string) error) error {
	late := clock.Add(time.Hour)
	if _, err := tx.Claim(tickets.LaneNormal, late, 99); err != nil {
		return err
	}
	item, err := ptr(tx.OutgoingByMessageID(id))
	if err != nil {
		return err
	}
	if err := end(item.ID, late, "said"); err != nil {
		return fmt.Errorf("%s: %w", id, err)
	}
	_, err = tx.Release(late)
	return err
}

func TestOutgoingTo(t *testing.T) {
	do(t, newStore(t), func(tx deskTx) error {
		open(t, tx, "IT20231115001")
		open(t, tx, "IT20231115002")
		queue(t, tx, tickets.LaneNormal, "a 1 0", "b 1 0", "A 1 0", "a 2 0", "a 0 0", "a 1 5")
		if err := claimed(tx, "m1", tx.MarkFailed); err != nil {
			return err
		}
		for _, test := range []struct {
			name, recipient string
			ticket          int64
			limit           int
			want            string
		}{
			{"newest first, whatever became of it", "A", 1, 9, "m6 m3 m1"}, {"some", "a", 1, 2, "m6 m3"}, {"none", "a", 1, 0, ""},
			{"of another ticket", "a", 2, 9, "m4"}, {"to another", "b", 1, 9, "m2"}, {"to a stranger", "c", 1, 9, ""},
		} {
			var got []string
			for _, item := range must(tx.OutgoingTo(test.ticket, test.recipient+"@corp.example", test.limit))(t) {
				got = append(got, item.MessageID)
				if item.Raw != nil || item.Ticket != test.ticket || item.Number == "" || item.CreatedAt.IsZero() {
					t.Errorf("%s: %+v", test.name, item)
				}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%s: got %v, want %s", test.name, got, test.want)
			}
		}
		return nil
	})
}

func TestTokenSpoilt(t *testing.T) {
	type use struct {
		outbox int64
		from   string
		shared bool
	}
	tests := map[string]struct {
		uses []use
		want bool
	}{
		"never used":                      {nil, false},
		"used by its owner":               {[]use{{1, "zhangsan@corp.example", false}, {1, "ZHANGSAN@corp.example", false}}, false},
		"used by another":                 {[]use{{1, "zhangsan@corp.example", false}, {1, "liwei@corp.example", false}}, true},
		"used without a From":             {[]use{{1, "", false}}, true},
		"shared by its owner":             {[]use{{1, "zhangsan@corp.example", true}}, true},
		"shared after it was used":        {[]use{{1, "zhangsan@corp.example", false}, {1, "zhangsan@corp.example", true}}, true},
		"another mail's token was shared": {[]use{{2, "liwei@corp.example", true}}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			do(t, newStore(t), func(tx deskTx) error {
				queue(t, tx, tickets.LaneNormal, "zhangsan 0 0", "liwei 0 0")
				for _, u := range test.uses {
					if err := tx.AddTokenUse(u.outbox, u.from, u.shared, clock); err != nil {
						return err
					}
				}
				if got := must(tx.TokenSpoilt(1, "ZhangSan@corp.example"))(t); got != test.want {
					t.Errorf("spoilt %v", got)
				}
				return nil
			})
		})
	}
}
