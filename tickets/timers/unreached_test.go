package timers

import (
	"encoding/json"
	"slices"
	"testing"

	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

const chenjing = "chenjing@corp.example" // the lead of a group

func TestWhoHearsThatSomebodyWasNotReached(t *testing.T) {
	group := func(lead string, members ...string) tickets.Group {
		g := tickets.Group{Lead: tickets.Address{Address: lead}}
		for _, m := range members {
			g.Members = append(g.Members, tickets.Address{Address: m})
		}
		return g
	}
	for _, c := range []struct {
		name     string
		assignee string
		group    tickets.Group
		missed   string
		want     []string
	}{
		{"the assignee", liwei, group(chenjing, liwei, zhaoli), zhangsan, []string{liwei}},
		{"the group of a ticket that nobody has", "", group(chenjing, liwei, zhaoli), zhangsan, []string{liwei, zhaoli}},
		{"the others of the group", "", group(chenjing, liwei, zhaoli), liwei, []string{zhaoli}},
		{"the lead in place of the assignee, whatever the case of the letters", liwei, group(chenjing, liwei, zhaoli), "LiWei@corp.example", []string{chenjing}},
		{"the managers where there is no lead", liwei, group("", liwei), liwei, []string{wangfang}},
		{"the managers where the assignee leads", liwei, group(liwei, liwei), liwei, []string{wangfang}},
		{"the managers where the group is one alone", "", group("", liwei), liwei, []string{wangfang}},
		{"nobody of their own address", wangfang, group(""), wangfang, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Policy{Managers: []tickets.Address{{Address: wangfang}}, Group: func(string) tickets.Group { return c.group }}
			ticket := &tickets.Ticket{}
			if c.assignee != "" {
				ticket.Assignee = &tickets.Address{Address: c.assignee}
			}
			var got []string
			for _, who := range p.hearOf(ticket, c.missed) {
				got = append(got, who.Address)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// refused is what the dispatcher commits with a refusal.
func (d *desk) refused(ticket *tickets.Ticket, when, recipient string) {
	d.t.Helper()
	d.update(func(tx *sqlite.Tx) error {
		e := tickets.Entry{Ticket: ticket.ID, At: at(when), Kind: tickets.EntryBounce, Visibility: tickets.Internal, Text: recipient}
		if err := tx.AddEntry(&e); err != nil {
			return err
		}
		data, err := json.Marshal(tickets.Unreached{Entry: e.ID, Recipient: recipient, Response: "550 5.1.1 no such user"})
		if err != nil {
			return err
		}
		return tx.SetTimer(tickets.Timer{Kind: tickets.TimerUnreached, Ticket: ticket.ID, Subject: recipient, Due: at(when), Data: string(data)})
	})
}

func TestWhoeverHandlesTheTicketHearsOfARefusal(t *testing.T) {
	d := newDesk(t, sqlitetest.New(t))
	d.Policy.Language = tickets.English
	d.Policy.Stated = func(address string) (tickets.Person, bool) {
		return tickets.Person{Name: map[string]string{liwei: "Li Wei"}[address]}, address != zhangsan
	}
	ticket := d.resolved(1, "11-15 10:00")
	ticket.Assignee, ticket.Requester.Phone = &tickets.Address{Address: liwei}, "13800000000"
	d.update(func(tx *sqlite.Tx) error { return tx.SetTicket(ticket) })

	d.refused(ticket, "11-15 10:01", zhangsan)
	mails := d.sweeps("11-15 10:01", "unreached "+liwei)
	wants(t, text(t, mails[0]), "张三 <"+zhangsan+">", "550 5.1.1 no such user", "13800000000", "!#assign")
	d.sweeps("11-15 10:02")

	d.refused(ticket, "11-15 10:03", liwei)
	mails = d.sweeps("11-15 10:03", "unreached "+wangfang)
	wants(t, text(t, mails[0]), "Li Wei <"+liwei+">", "#assign", "!张三", "!13800000000")
	if s := subject(t, mails[0]); s != "[IT20231115001] 打印机 1" {
		t.Errorf("subject %q", s)
	}
	if left := d.timers(ticket); len(left) != 1 || left[0].Kind != tickets.TimerRemind {
		t.Errorf("left are %+v", left)
	}

	d.refused(ticket, "11-15 10:04", zhangsan)
	d.refused(ticket, "11-15 10:04", chenjing)
	d.sweeps("11-15 10:04", "unreached "+liwei, "unreached "+liwei)
}

func TestTheSubjectOfAConfidentialTicketStaysAtTheDesk(t *testing.T) {
	d := asking(t)
	ticket := d.confidentialOne()
	d.refused(ticket, "11-13 10:00", zhangsan)
	if s := subject(t, d.sweeps("11-13 10:00", "unreached "+wangfang)[0]); s != "["+ticket.Number+"]" {
		t.Errorf("subject %q", s)
	}
	if s := subject(t, d.sweeps("11-15 09:00", "reminder "+zhangsan)[0]); s != "【请确认】["+ticket.Number+"]" {
		t.Errorf("subject %q", s)
	}
}
