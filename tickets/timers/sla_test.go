package timers

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/calendar"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

const zhaomin = "zhaomin@corp.example" // in the group

// promising is a desk with targets, a group and its lead.
func promising(t *testing.T, store *sqlite.Store) *desk {
	d := newDesk(t, store)
	d.Policy.SLA = tickets.SLA{
		tickets.P0: {Target: tickets.Target{Respond: 15 * time.Minute, Resolve: 4 * time.Hour, Hours: calendar.Always}},
		tickets.P2: {Target: tickets.Target{Respond: 5 * time.Hour, Resolve: 18 * time.Hour, Hours: d.Policy.Hours}},
	}
	d.Policy.Group = func(string) tickets.Group {
		return tickets.Group{Members: []tickets.Address{{Name: "李伟", Address: liwei}, {Name: "赵敏", Address: zhaomin}}, Lead: tickets.Address{Address: chenjing}}
	}
	return d
}

// reported is a ticket as the intake opens it.
func (d *desk) reported(when string, p tickets.Priority, assignee string) *tickets.Ticket {
	d.t.Helper()
	ticket := &tickets.Ticket{Number: "IT20231115001", Subject: "ERP 登录不上", Status: tickets.New, Priority: p, Group: "desktop",
		Requester: tickets.Person{Name: "张三", Address: zhangsan}, CreatedAt: at(when), UpdatedAt: at(when), Course: tickets.Course{Since: at(when)}}
	if assignee != "" {
		ticket.Status, ticket.Assignee = tickets.Assigned, &tickets.Address{Name: "李伟", Address: assignee}
	}
	d.Policy.SLA.Settle(ticket, at(when))
	d.update(func(tx *sqlite.Tx) error {
		if err := tx.AddTicket(ticket); err != nil {
			return err
		}
		return tx.SetTimer(*d.Policy.SLA.Timer(ticket))
	})
	return ticket
}

// becomes changes a ticket as the intake does.
func (d *desk) becomes(ticket *tickets.Ticket, when string, change func(*tickets.Ticket)) {
	d.t.Helper()
	d.update(func(tx *sqlite.Tx) error {
		is, err := tx.TicketByID(ticket.ID)
		if err != nil {
			return err
		}
		change(is)
		d.Policy.SLA.Settle(is, at(when))
		if err := tx.DropTimers(is.ID, tickets.TimerSLA); err != nil {
			return err
		}
		if next := d.Policy.SLA.Timer(is); next != nil {
			if err := tx.SetTimer(*next); err != nil {
				return err
			}
		}
		return tx.SetTicket(is)
	})
}

func gotAnswer(when string) func(*tickets.Ticket) {
	return func(t *tickets.Ticket) { t.Status, t.Course.AnsweredAt = tickets.InProgress, at(when) }
}

func (d *desk) record(ticket *tickets.Ticket) (texts []string) {
	d.t.Helper()
	entries, err := d.store.Entries(d.t.Context(), ticket.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, e := range entries {
		if e.Kind != tickets.EntrySLA || e.Visibility != tickets.Internal || e.Actor != (tickets.Address{}) {
			d.t.Errorf("entry %+v", e)
		}
		texts = append(texts, e.Text)
	}
	return texts
}

// A ticket that nobody answers: a warning to whoever has it, then all three hear, each goal on record and nothing twice.
func TestNobodyAnswers(t *testing.T) {
	d := promising(t, sqlitetest.New(t))
	ticket := d.reported("11-15 10:00", "", liwei) // a Wednesday
	d.sweeps("11-15 13:59")
	warned := d.sweeps("11-15 14:00", "sla_warning "+liwei)
	d.sweeps("11-15 14:59")
	missed := d.sweeps("11-15 15:00", "sla_breach "+liwei, "sla_breach "+chenjing, "sla_breach "+wangfang)
	d.sweeps("11-15 23:00")
	d.sweeps("11-17 10:00", "sla_breach "+liwei, "sla_breach "+chenjing, "sla_breach "+wangfang)
	d.sweeps("11-20 10:00")
	if s := subject(t, warned[0]); s != "【SLA 预警】[IT20231115001] ERP 登录不上" {
		t.Errorf("subject %q", s)
	}
	if s := subject(t, missed[2]); s != "【SLA 超时】[IT20231115001] ERP 登录不上" || missed[2].Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("subject %q", s)
	}
	want := []string{
		"SLA warning: first answer, due 2023-11-15 15:00\ntold: 李伟",
		"SLA missed: first answer, due 2023-11-15 15:00\ntold: 李伟, " + chenjing + ", 王芳",
		"SLA missed: solution, due 2023-11-17 10:00\ntold: 李伟, " + chenjing + ", 王芳",
	}
	if got := d.record(ticket); !slices.Equal(got, want) {
		t.Errorf("on record\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if left := d.timers(ticket); len(left) != 0 {
		t.Errorf("left are %+v", left)
	}
}

// The solution is warned of on the way; that was left out above, as the desk did not look then.
func TestAWarningOfTheSolution(t *testing.T) {
	d := promising(t, sqlitetest.New(t))
	ticket := d.reported("11-15 10:00", "", liwei)
	d.becomes(ticket, "11-15 11:00", gotAnswer("11-15 11:00"))
	d.sweeps("11-16 15:23")
	d.sweeps("11-16 15:24", "sla_warning "+liwei) // 14.4 of 18 hours
	d.sweeps("11-17 09:59")
	d.sweeps("11-17 10:00", "sla_breach "+liwei, "sla_breach "+chenjing, "sla_breach "+wangfang)
}

func TestWhoHearsOfATarget(t *testing.T) {
	group := tickets.Group{Members: []tickets.Address{{Address: liwei}, {Address: zhaomin}}, Lead: tickets.Address{Address: chenjing}}
	mine := &tickets.Ticket{Assignee: &tickets.Address{Address: liwei}}
	led := &tickets.Ticket{Assignee: &tickets.Address{Address: chenjing}}
	for _, c := range []struct {
		name   string
		ticket *tickets.Ticket
		group  tickets.Group
		missed bool
		away   []string
		want   []string
	}{
		{"who has it", mine, group, false, nil, []string{liwei}},
		{"nobody has it", &tickets.Ticket{}, group, false, nil, []string{liwei, zhaomin}},
		{"nobody has it, and there is no group", &tickets.Ticket{}, tickets.Group{}, false, nil, []string{wangfang}},
		{"nobody is in the group but its lead", &tickets.Ticket{}, tickets.Group{Lead: group.Lead}, false, nil, []string{chenjing}},
		{"who has it is away", mine, group, false, []string{liwei}, []string{liwei, chenjing}},
		{"who has it is away, and there is no lead", mine, tickets.Group{}, false, []string{liwei}, []string{liwei, wangfang}},
		{"one of the group is away", &tickets.Ticket{}, group, false, []string{liwei}, []string{liwei, zhaomin}},
		{"missed", mine, group, true, nil, []string{liwei, chenjing, wangfang}},
		{"missed by nobody", &tickets.Ticket{}, group, true, nil, []string{liwei, zhaomin, chenjing, wangfang}},
		{"missed by the lead", led, group, true, nil, []string{chenjing, wangfang}},
		{"missed without a lead", mine, tickets.Group{}, true, nil, []string{liwei, wangfang}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Policy{Managers: []tickets.Address{{Address: wangfang}}, Group: func(string) tickets.Group { return c.group }}
			away := func(address string) bool { return slices.Contains(c.away, address) }
			var got []string
			for _, a := range p.hearOfTargets(c.ticket, c.missed, away) {
				got = append(got, a.Address)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("hear %q, want %q", got, c.want)
			}
		})
	}
}

// However far the clock jumps, each goal is told of once, and never while the office is closed.
func TestTheClockJumps(t *testing.T) {
	all := []string{"sla_breach " + liwei, "sla_breach " + chenjing, "sla_breach " + wangfang}
	for _, c := range []struct {
		name     string
		reported string
		jumps    []string // at which the desk looks
		told     string   // the one at which it tells, "" when at none
		want     []string
		lines    []string
	}{
		{"over a night", "11-15 14:00", []string{"11-16 08:59", "11-16 09:00"}, "11-16 09:00", []string{"sla_warning " + liwei}, []string{"首次答复：应在 2023-11-16 10:00 前，还剩 1 小时"}},
		{"over a weekend", "11-17 14:00", []string{"11-18 12:00", "11-19 23:59", "11-20 09:00"}, "11-20 09:00", []string{"sla_warning " + liwei}, []string{"首次答复：应在 2023-11-20 10:00 前，还剩 1 小时"}},
		{"over a weekend, to the afternoon", "11-17 14:00", []string{"11-20 14:10"}, "11-20 14:10", all, []string{"首次答复：应在 2023-11-20 10:00 前，已超时 4 小时 10 分钟"}},
		{"over the holidays, to the day worked for them", "09-28 14:00", []string{"09-30 10:00", "10-01 10:00", "10-06 17:59", "10-07 09:00"}, "10-07 09:00", []string{"sla_warning " + liwei}, []string{"首次答复：应在 2023-10-07 10:00 前，还剩 1 小时"}},
		{"at the very end of a day it waits for the next", "11-15 13:00", []string{"11-15 18:00", "11-15 22:00", "11-16 09:00"}, "11-16 09:00", all, []string{"首次答复：应在 2023-11-15 18:00 前，已到时限"}},
		{"over a week both goals are one mail", "11-15 10:00", []string{"11-25 10:00", "11-27 09:30"}, "11-27 09:30", all,
			[]string{"首次答复：应在 2023-11-15 15:00 前，已超时 66 小时 30 分钟", "解决：应在 2023-11-17 10:00 前，已超时 53 小时 30 分钟"}},
		{"missed and nearly missed are one mail", "11-15 10:00", []string{"11-16 16:00"}, "11-16 16:00", all,
			[]string{"首次答复：应在 2023-11-15 15:00 前，已超时 10 小时", "解决：应在 2023-11-17 10:00 前，还剩 3 小时"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := promising(t, sqlitetest.New(t))
			ticket := d.reported(c.reported, "", liwei)
			for _, jump := range c.jumps {
				if jump != c.told {
					d.sweeps(jump)
					continue
				}
				body, err := io.ReadAll(d.sweeps(jump, c.want...)[0].Body)
				if err != nil || len(body) == 0 {
					t.Fatal(err)
				}
				a := d.Policy.alarm(*ticket, at(jump))
				if got := d.Policy.linesOf(a, tickets.Chinese, at(jump)); !slices.Equal(got, c.lines) {
					t.Errorf("it says %q, want %q", got, c.lines)
				}
				d.sweeps(jump)
			}
		})
	}
}

// P0 is counted and told day and night.
func TestP0KnowsNoNight(t *testing.T) {
	d := promising(t, sqlitetest.New(t))
	d.reported("10-01 03:00", tickets.P0, "")
	d.sweeps("10-01 03:12", "sla_warning "+liwei, "sla_warning "+zhaomin)
	d.sweeps("10-01 03:15", "sla_breach "+liwei, "sla_breach "+zhaomin, "sla_breach "+chenjing, "sla_breach "+wangfang)
}

// What happened in between counts, whatever the timer was set for.
func TestTheTicketIsLookedAtOnceMore(t *testing.T) {
	for name, change := range map[string]func(*tickets.Ticket){
		"answered": gotAnswer("11-15 13:30"),
		"waiting":  func(t *tickets.Ticket) { t.Status = tickets.Waiting },
		"resolved": func(t *tickets.Ticket) { t.Status = tickets.Resolved },
		"merged":   func(t *tickets.Ticket) { t.Status = tickets.Merged },
	} {
		t.Run(name, func(t *testing.T) {
			d := promising(t, sqlitetest.New(t))
			ticket := d.reported("11-15 10:00", "", liwei)
			stale := d.timers(ticket)[0]
			d.becomes(ticket, "11-15 13:30", change)
			d.update(func(tx *sqlite.Tx) error { return tx.SetTimer(stale) })
			d.sweeps("11-15 14:00")
			d.sweeps("11-15 15:00")
		})
	}
}

// Other targets in the configuration hold from the next look on.
func TestOtherTargetsAreConfigured(t *testing.T) {
	d := promising(t, sqlitetest.New(t))
	ticket := d.reported("11-15 10:00", "", liwei)
	d.Policy.SLA = tickets.SLA{tickets.P2: {Target: tickets.Target{Respond: 10 * time.Hour, Resolve: 18 * time.Hour, Hours: d.Policy.Hours}}}
	d.sweeps("11-15 14:00")
	if got := d.timers(ticket); len(got) != 1 || !got[0].Due.Equal(at("11-16 09:00")) {
		t.Errorf("timers %+v", got)
	}
	d.sweeps("11-16 09:00", "sla_warning "+liwei)
}

// Each reads it in their own language, the subject of a confidential ticket stays at the desk, and who may take it has a button.
func TestTheWordsOfATarget(t *testing.T) {
	d := promising(t, sqlitetest.New(t))
	d.Policy.Confidential = func(string) bool { return true }
	d.Policy.Stated = func(address string) (tickets.Person, bool) {
		return tickets.Person{Language: map[string]tickets.Language{zhaomin: tickets.English}[address]}, true
	}
	ticket := d.reported("11-15 10:00", "", "")
	mails := d.sweeps("11-15 14:00", "sla_warning "+liwei, "sla_warning "+zhaomin)
	for i, want := range []string{"【SLA 预警】[IT20231115001]", "[SLA warning] [IT20231115001]"} {
		if s := subject(t, mails[i]); s != want {
			t.Errorf("subject %q, want %q", s, want)
		}
	}
	a := d.Policy.alarm(*ticket, at("11-15 14:00"))
	if got := d.Policy.linesOf(a, tickets.English, at("11-15 14:00")); !slices.Equal(got, []string{"First answer: due by 2023-11-15 15:00, 1 h left"}) {
		t.Errorf("it says %q", got)
	}
}

// Where there is nobody to tell it is on record all the same.
func TestNobodyIsThereToBeTold(t *testing.T) {
	d := promising(t, sqlitetest.New(t))
	d.Policy.Group, d.Policy.Managers = nil, nil
	ticket := d.reported("11-15 10:00", "", "")
	d.sweeps("11-15 14:00")
	if got := d.record(ticket); len(got) != 1 || !strings.HasSuffix(got[0], "nobody is there to be told") {
		t.Errorf("on record %q", got)
	}
}
