package sqlite_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

// all sees every group, outside all but the confidential one.
func all(string) bool           { return true }
func outside(group string) bool { return group != "security" }

// archive is a desk with three tickets, the third in a confidential group.
func archive(t *testing.T) store {
	t.Helper()
	s := newStore(t)
	do(t, s, func(tx deskTx) error {
		one, two, three := open(t, tx, "IT20231115001"), open(t, tx, "IT20231115002"), open(t, tx, "IT20231115003")
		two.Subject, two.Requester = "Printer 100% slow", tickets.Person{Name: "李娜", Address: "lina@corp.example"}
		three.Subject, three.Group = "钓鱼邮件", "security"
		err := errors.Join(tx.SetTicket(two), tx.SetTicket(three))
		for _, e := range []tickets.Entry{
			{Ticket: one.ID, Text: "VPN 连接超时，反馈 under_score", Visibility: tickets.Public},
			{Ticket: one.ID, Text: "账号被锁定，见工单系统", Visibility: tickets.Internal},
			{Ticket: one.ID, Text: "临时密码 hunter2", Visibility: tickets.Private},
			{Ticket: two.ID, Text: `vpn works; C:\temp is full`, Visibility: tickets.Public},
			{Ticket: three.ID, Text: "VPN 账号泄露", Visibility: tickets.Public},
		} {
			e.At = clock
			err = errors.Join(err, tx.AddEntry(&e))
		}
		return err
	})
	return s
}

func TestSearch(t *testing.T) {
	s := archive(t)
	for _, c := range []struct {
		name, words string
		sees        func(string) bool
		limit       int
		want        string // last digits of the numbers, with what stands around the hit
	}{
		{"the newest first, in any case of letters", "vpn", all, 9, "3 VPN 账号泄露; 2 vpn works; C:\\temp is full; 1 VPN 连接超时，反馈 under_score"},
		{"no confidential group", "VPN", outside, 9, "2 vpn works; C:\\temp is full; 1 VPN 连接超时，反馈 under_score"},
		{"as many as wanted", "VPN", outside, 1, "2 vpn works; C:\\temp is full"},
		{"part of a Chinese word, inside IT", "锁定", all, 9, "1 账号被锁定，见工单系统"},
		{"words in different places", "登录 锁定 zhangsan", all, 9, "1 账号被锁定，见工单系统"},
		{"every word is wanted", "VPN nothing", all, 9, ""},
		{"a private entry", "hunter2", all, 9, ""},
		{"a subject", "钓鱼", all, 9, "3 "},
		{"a confidential subject", "钓鱼", outside, 9, ""},
		{"a part of a number", "20231115002", all, 9, "2 "},
		{"a name", "李娜", all, 9, "2 "},
		{"an address", "LINA@corp", all, 9, "2 "},
		{"signs of patterns are letters", "100%", all, 9, "2 "},
		{"not any letter", "under-score", all, 9, ""},
		{"the letter itself", "under_score", all, 9, "1 VPN 连接超时，反馈 under_score"},
		{"a backslash", `C:\t`, all, 9, "2 vpn works; C:\\temp is full"},
		{"a quotation mark", `"'`, all, 9, ""},
		{"no words", "", all, 9, ""},
		{"no room", "VPN", all, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, hit := range must(s.Search(t.Context(), strings.Fields(c.words), c.sees, c.limit))(t) {
				got = append(got, hit.Ticket.Number[len(hit.Ticket.Number)-1:]+" "+hit.Excerpt)
			}
			if have := strings.Join(got, "; "); have != c.want {
				t.Errorf("found %q, want %q", have, c.want)
			}
		})
	}
}

// Of mails of confidential tickets nothing is told to those outside, by whichever way they ask.
func TestWhyAsFarAsItMayBeSeen(t *testing.T) {
	s := archive(t)
	do(t, s, func(tx deskTx) error {
		var err error
		for i, id := range []string{"open@mail", "secret@mail"} {
			m := mail(byte(i+1), id)
			m.Ticket = int64(1 + 2*i) // the first and the third
			err = errors.Join(err, tx.AddMessage(m, strings.NewReader("x")), tx.AddHeaderIDs(m.Ticket, []string{id, "big" + id}))
			sighting := tickets.Sighting{Source: "acc", Folder: "INBOX", UIDValidity: 1, UID: uint32(i + 1), At: clock, Verdict: tickets.VerdictFail, HeaderID: "big" + id, From: zhang.Address}
			_, failed := tx.AddSighting(&sighting)
			err = errors.Join(err, failed)
		}
		queue(t, tx, tickets.LaneNormal, "zhangsan 1 0", "zhangsan 3 0")
		return err
	})
	for _, c := range []struct {
		name      string
		q         tickets.Question
		all, most string
	}{
		{"a number", tickets.Question{Number: "IT20231115003"}, "secret@mail, unread 2, sent m2", ""},
		{"a Message-ID", tickets.Question{About: "secret@mail"}, "secret@mail", ""},
		{"an unread mail's", tickets.Question{About: "bigsecret@mail"}, "unread 2", ""},
		{"one of ours", tickets.Question{About: "m2"}, "sent m2", ""},
		{"an address", tickets.Question{About: "zhangsan@corp.example"}, "open@mail, secret@mail, unread 1, unread 2, sent m1, sent m2", "open@mail, unread 1, sent m1"},
		{"nothing", tickets.Question{About: "none@mail"}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := told(must(s.Why(t.Context(), c.q, all))(t)); got != c.all {
				t.Errorf("got %q, want %q", got, c.all)
			}
			if got := told(must(s.Why(t.Context(), c.q, outside))(t)); got != c.most {
				t.Errorf("outside %q, want %q", got, c.most)
			}
		})
	}
}

func TestFigures(t *testing.T) {
	s := newStore(t)
	day := func(n int) time.Time { return clock.AddDate(0, 0, n) }
	do(t, s, func(tx deskTx) error {
		enter(t, tx, "assigned P1 desktop liwei", "waiting P2 desktop liwei", "new P2 erp -", "resolved P1 desktop liwei", "closed P1 desktop liwei", "closed P2 security zhao", "merged P1 desktop liwei")
		late := open(t, tx, "n8")
		late.CreatedAt = clock // what was given is for good
		var err error
		for id, score := range map[int64]int{5: 4, 6: 1} {
			closed := must(ptr(tx.TicketByID(id)))(t)
			closed.Satisfaction, closed.ClosedAt = &tickets.Satisfaction{Score: score}, day(1)
			err = errors.Join(err, tx.SetTicket(&closed))
		}
		for _, e := range []tickets.Entry{
			{Ticket: 4, At: day(1), Text: "status: in_progress → resolved"},
			{Ticket: 4, At: day(2), Text: "status: resolved → in_progress"},
			{Ticket: 4, At: day(3), Text: "diagnosis recorded\nstatus: in_progress → resolved"},
			{Ticket: 5, At: day(1), Text: "status: confirmed → closed\nrated 4 of 5"},
			{Ticket: 6, At: day(1), Text: "status: confirmed → closed"},
			{Ticket: 2, At: day(1), Text: "status: in_progress → resolved"}, // taken back
			{Ticket: 1, At: day(7), Text: "status: in_progress → resolved"}, // too late
			{Ticket: 1, At: day(1), Text: "a plan: status: in_progress → resolved"},
			{Ticket: 1, At: day(1), Text: "status: in_progress → resolved", Kind: tickets.EntryReply},
		} {
			if e.Kind == "" {
				e.Kind = tickets.EntryChange
			}
			e.Visibility = tickets.Internal
			err = errors.Join(err, tx.AddEntry(&e))
			if e.Ticket == 2 {
				err = errors.Join(err, tx.AddChange(&tickets.Change{Ticket: 2, Entry: e.ID, At: e.At, Undone: day(2)}))
			}
		}
		return err
	})
	got := must(s.Figures(t.Context(), clock, day(7), all))(t)
	want := tickets.Figures{From: clock, Until: day(7), Opened: 8, Resolved: 1, Closed: 2, Reopened: 1, Ratings: 2, Scores: 5,
		Open: 5, ByStatus: map[tickets.Status]int{tickets.Assigned: 1, tickets.Waiting: 1, tickets.New: 2, tickets.Resolved: 1},
		ByCategory: map[tickets.Category]int{"": 5}, ByGroup: map[string]int{"desktop": 3, "erp": 1, "": 1},
		Load: []tickets.Load{{Tickets: 2}, {Assignee: tickets.Address{Name: "name", Address: "liwei@corp.example"}, Tickets: 2}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := must(s.Figures(t.Context(), clock, day(7), outside))(t); got.Opened != 7 || got.Closed != 1 || got.Ratings != 1 || got.Scores != 4 {
		t.Errorf("outside %+v", got)
	}
	if got := must(s.Figures(t.Context(), day(-9), clock, all))(t); got.Opened+got.Resolved+got.Closed+got.Reopened+got.Ratings != 0 || got.Open != 5 {
		t.Errorf("before it all %+v", got)
	}
}

// What is moved to another ticket takes its mail along, and the answers to that.
func TestMoveEntries(t *testing.T) {
	s := newStore(t)
	do(t, s, func(tx deskTx) error {
		one, two := open(t, tx, "IT20231115001"), open(t, tx, "IT20231115002")
		var moved []int64
		for i, id := range []string{"report@mail", "other@mail", "report@mail", ""} {
			m := mail(byte(i+1), id)
			m.Ticket = one.ID
			if err := tx.AddMessage(m, strings.NewReader("x")); err != nil {
				return err
			}
			e := tickets.Entry{Ticket: one.ID, At: clock, Kind: tickets.EntryReply, Actor: zhang, Text: fmt.Sprint(i), HeaderID: id, Message: m.ID, Visibility: tickets.Public}
			if err := tx.AddEntry(&e); err != nil {
				return err
			}
			m.Entry = e.ID
			if err := tx.SetMessage(m); err != nil {
				return err
			}
			if moved = append(moved, e.ID); id != "" {
				if err := tx.AddHeaderIDs(one.ID, []string{id}); err != nil {
					return err
				}
			}
		}
		if err := tx.MoveEntries(one.ID, two.ID, moved[1:]); err != nil {
			return err
		}
		for id, want := range map[string]string{"other@mail": "IT20231115002", "report@mail": "IT20231115001"} {
			leads := must(tx.LeadsByHeaderIDs([]string{id}, zhang.Address))(t)
			if len(leads) != 1 || leads[0].Number != want {
				t.Errorf("%s leads to %+v, want %s", id, leads, want)
			}
		}
		if got := must(tx.EntriesOf(two.ID))(t); len(got) != 3 || got[0].Text != "1" || got[2].Text != "3" {
			t.Errorf("the second has %+v", got)
		}
		for i, want := range []int64{one.ID, two.ID, two.ID, two.ID} {
			found := must(tx.MessageByContent(mail(byte(i+1), "").ContentKey))(t)
			if found.Ticket != want || found.Entry != moved[i] {
				t.Errorf("mail %d is on ticket %d, entry %d", i, found.Ticket, found.Entry)
			}
		}
		return nil
	})
	for ticket, want := range map[int64]string{1: "0", 2: "123"} {
		texts := ""
		for _, e := range must(s.Entries(t.Context(), ticket))(t) {
			texts += e.Text
		}
		if texts != want {
			t.Errorf("ticket %d has %q, want %q", ticket, texts, want)
		}
	}
	err := s.update(t.Context(), func(tx deskTx) error { return tx.MoveEntries(1, 2, []int64{2}) })
	if err == nil || isTemporary(err) {
		t.Errorf("an entry of another ticket: %v", err)
	}
}
