package timers

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

const (
	liwei  = "liwei@corp.example"  // technician
	zhaoli = "zhaoli@corp.example" // of the confidential group
)

// asking is a desk that looks things up in its store.
func asking(t *testing.T) *desk {
	d := newDesk(t, sqlitetest.New(t))
	d.Reader = d.store
	d.Policy.Confidential = func(group string) bool { return group == "security" }
	d.Policy.Sees = func(address, group string) bool { return group != "security" || address == zhaoli }
	return d
}

// asks commits what a technician asks, as the intake does.
func (d *desk) asks(when, who string, questions ...tickets.Question) tickets.Inquiry {
	d.t.Helper()
	q := tickets.Inquiry{Message: int64(at(when).Unix()), To: tickets.Person{Address: who, Language: tickets.English}, References: []string{"asked@corp.example"}, Questions: questions}
	d.ask(when, q)
	return q
}

func (d *desk) ask(when string, q tickets.Inquiry) {
	d.t.Helper()
	data, err := json.Marshal(q)
	if err != nil {
		d.t.Fatal(err)
	}
	d.update(func(tx *sqlite.Tx) error {
		return tx.SetTimer(tickets.Timer{Kind: tickets.TimerAnswer, Subject: fmt.Sprint("message ", q.Message), Due: at(when), Data: string(data)})
	})
}

// text is the plain text of a mail of ours.
func text(t *testing.T, m *mail.Message) string {
	t.Helper()
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextPart() // which decodes quoted-printable
	if err != nil {
		t.Fatal(err)
	}
	var body io.Reader = part
	if part.Header.Get("Content-Transfer-Encoding") == "base64" {
		body = base64.NewDecoder(base64.StdEncoding, part)
	}
	plain, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// wants checks that a text has some words and has others not, which are marked by "!".
func wants(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		word, absent := strings.CutPrefix(word, "!")
		if strings.Contains(text, word) == absent {
			t.Errorf("%q in it: %v\n%s", word, !absent, text)
		}
	}
}

// confidentialOne is a ticket of the security group that says the word VPN.
func (d *desk) confidentialOne() *tickets.Ticket {
	ticket := d.resolved(9, "11-13 09:00")
	ticket.Group, ticket.Subject = "security", "phishing of VPN passwords"
	d.update(func(tx *sqlite.Tx) error {
		return errors.Join(tx.SetTicket(ticket), tx.AddEntry(&tickets.Entry{Ticket: ticket.ID, At: at("11-13 09:00"), Kind: tickets.EntryReport, Text: "VPN hush", Visibility: tickets.Public}))
	})
	return ticket
}

func TestASearchIsAnswered(t *testing.T) {
	d := asking(t)
	one := d.resolved(1, "11-13 09:00")
	d.update(func(tx *sqlite.Tx) error {
		return tx.AddEntry(&tickets.Entry{Ticket: one.ID, At: at("11-13 09:00"), Kind: tickets.EntryReport, Text: "the printer of the VPN room", Visibility: tickets.Public})
	})
	d.confidentialOne()
	search := tickets.Question{Verb: "search", Asked: "#search VPN", Words: []string{"vpn"}}
	d.asks("11-13 10:00", liwei, search)
	mails := d.sweeps("11-13 10:00", "answer "+liwei)
	wants(t, text(t, mails[0]), one.Number, "the printer of the VPN room", "!IT20231115009", "!hush", "!phishing", "!#search")
	if ids := mails[0].Header.Get("References"); ids != "<asked@corp.example>" {
		t.Errorf("it refers to %s", ids)
	}
	d.sweeps("11-13 10:30")

	d.asks("11-13 11:00", zhaoli, search)
	wants(t, text(t, d.sweeps("11-13 11:00", "answer "+zhaoli)[0]), one.Number, "IT20231115009", "(confidential)", "!hush", "!phishing")
	d.asks("11-13 12:00", liwei, tickets.Question{Verb: "search", Words: []string{"hush"}})
	wants(t, text(t, d.sweeps("11-13 12:00", "answer "+liwei)[0]), "No ticket has all of these words: hush")
}

func TestSeveralQuestionsHaveOneAnswer(t *testing.T) {
	d := asking(t)
	d.resolved(1, "11-13 09:00")
	q := tickets.Inquiry{Message: 7, To: tickets.Person{Address: liwei, Language: tickets.Chinese}, Lines: []string{"编号\t状态", "IT20231115077\t新建"}, Questions: []tickets.Question{
		{Verb: "search", Asked: "#搜索 打印机", Words: []string{"打印机"}},
		{Verb: "report", Asked: "#报表 今天", From: at("11-13 00:00"), Until: at("11-14 00:00")},
	}}
	d.ask("11-13 10:00", q)
	wants(t, text(t, d.sweeps("11-13 10:00", "answer "+liwei)[0]), "IT20231115077", "#搜索 打印机", "打印机 1", "#报表 今天", "2023-11-13 至 2023-11-13", "新登记：1", "没有评价")
}

func TestWhyIsAnsweredInTheThreadOfATicket(t *testing.T) {
	d := asking(t)
	one, hidden := d.resolved(1, "11-13 09:00"), d.confidentialOne()
	var entry tickets.Entry
	var err error
	d.update(func(tx *sqlite.Tx) error {
		for i, ticket := range []*tickets.Ticket{one, hidden} {
			m := &tickets.LedgerMessage{ContentKey: [32]byte{byte(i + 1)}, HeaderID: fmt.Sprint("why", i, "@corp.example"), From: tickets.Address{Address: zhangsan}, Subject: fmt.Sprint("mail ", i),
				Verdict: tickets.VerdictOpen, Reason: fmt.Sprint("because ", i), Ticket: ticket.ID, Now: at("11-13 09:00")}
			err = errors.Join(err, tx.AddMessage(m, strings.NewReader("x")))
		}
		orders := &tickets.LedgerMessage{ContentKey: [32]byte{9}, From: tickets.Address{Address: wangfang}, Subject: "psst", Verdict: tickets.VerdictCommand, Reason: "#note secret", Now: at("11-13 09:00")}
		entry = tickets.Entry{Ticket: one.ID, At: at("11-13 09:30"), Kind: tickets.EntryReply, Visibility: tickets.Internal}
		return errors.Join(err, tx.AddMessage(orders, strings.NewReader("x")), tx.AddEntry(&entry))
	})
	d.ask("11-13 10:00", tickets.Inquiry{Message: 5, Ticket: one.ID, Entry: entry.ID, To: tickets.Person{Address: liwei, Language: tickets.English},
		Questions: []tickets.Question{{Verb: "why", Number: one.Number}}})
	m := d.sweeps("11-13 10:00", "answer "+liwei)[0]
	wants(t, text(t, m), "from "+zhangsan, "because 0", "verdict: open", "!because 1")
	if got := subject(t, m); !strings.Contains(got, one.Number) {
		t.Errorf("the subject is %q", got)
	}
	for i, c := range []struct {
		who  string
		q    tickets.Question
		want []string
	}{
		{liwei, tickets.Question{Number: hidden.Number}, []string{"no mail by " + hidden.Number + " that you can see", "!because"}},
		{liwei, tickets.Question{Number: "IT20231115099"}, []string{"no mail by IT20231115099 that you can see"}},
		{liwei, tickets.Question{About: "why1@corp.example"}, []string{"no mail by why1@corp.example that you can see"}},
		{liwei, tickets.Question{About: zhangsan}, []string{"because 0", "!because 1"}},
		{zhaoli, tickets.Question{About: zhangsan}, []string{"because 0", "because 1"}},
		{liwei, tickets.Question{About: wangfang}, []string{"verdict: command", "!secret", "!psst"}},
		{wangfang, tickets.Question{About: wangfang}, []string{"verdict: command", "#note secret", "psst"}},
	} {
		when := fmt.Sprintf("11-13 11:%02d", i)
		c.q.Verb = "why"
		d.asks(when, c.who, c.q)
		wants(t, text(t, d.sweeps(when, "answer "+c.who)[0]), c.want...)
	}
}

func TestAReportIsAnswered(t *testing.T) {
	d := asking(t)
	one := d.resolved(1, "11-13 09:00")
	d.resolved(2, "11-13 09:00")
	one.Status, one.ClosedAt, one.Satisfaction = tickets.Closed, at("11-13 09:10"), &tickets.Satisfaction{Score: 4, Comment: "quick"}
	d.update(func(tx *sqlite.Tx) error { return tx.SetTicket(one) })
	d.confidentialOne()
	report := tickets.Question{Verb: "report", From: at("11-07 00:00"), Until: at("11-14 00:00")}
	d.asks("11-13 10:00", liwei, report)
	wants(t, text(t, d.sweeps("11-13 10:00", "answer "+liwei)[0]), "2023-11-07 to 2023-11-13", "Opened: 2", "Satisfaction: 4.0 on average (ratings: 1)", "Open now: 1", "!quick", "!zhangsan", "!security")
	d.asks("11-13 11:00", zhaoli, report)
	wants(t, text(t, d.sweeps("11-13 11:00", "answer "+zhaoli)[0]), "Opened: 3", "Open now: 2", "security")
}

// broken is a reader that fails.
type broken struct {
	Reader
	panics bool
	asked  int
}

func (b *broken) Search(context.Context, []string, func(string) bool, int) ([]tickets.Hit, error) {
	b.asked++
	if b.panics {
		panic("no index")
	}
	return nil, errors.New("no index")
}

// An answer that fails is begun again a few times, stops nothing else, and is given up with a word.
func TestAnAnswerThatFails(t *testing.T) {
	for name, reader := range map[string]*broken{"error": {}, "panic": {panics: true}} {
		t.Run(name, func(t *testing.T) {
			d := asking(t)
			reader.Reader, d.Reader = d.store, reader
			d.resolved(1, "11-13 09:00") // its reminder is due on the 15th at 09:00
			d.asks("11-15 09:00", liwei, tickets.Question{Verb: "search", Words: []string{"vpn"}})
			d.sweeps("11-15 09:00", "reminder "+zhangsan)
			d.sweeps("11-15 09:00")
			d.sweeps("11-15 09:01")
			d.sweeps("11-15 09:02")
			wants(t, text(t, d.sweeps("11-15 09:03", "answer "+liwei)[0]), "could not be done")
			d.sweeps("11-15 10:00")
			if reader.asked != 3 || strings.Count(d.log.String(), "no index") != 3 {
				t.Errorf("asked %d times:\n%s", reader.asked, d.log.String())
			}
		})
	}
}

// The end of the process while an answer is looked up costs a minute, and doubles nothing.
func TestAnAnswerIsCutOff(t *testing.T) {
	d := asking(t)
	d.resolved(1, "11-13 09:00")
	d.asks("11-13 10:00", liwei, tickets.Question{Verb: "search", Words: []string{"打印机"}})
	ctx, end := context.WithCancel(t.Context())
	d.Reader = ending{d.store, end}
	if _, err := d.Sweep(ctx, at("11-13 10:00")); !errors.Is(err, context.Canceled) {
		t.Fatalf("the sweep ended with %v", err)
	}
	d.Reader = d.store
	d.sweeps("11-13 10:00")
	d.sweeps("11-13 10:01", "answer "+liwei)
	d.sweeps("11-13 10:10")
	if due, found, err := d.store.NextTimer(t.Context()); err != nil || !found || due.Before(at("11-13 11:00")) {
		t.Errorf("next is due %v, %v, %v", due, found, err)
	}
}

// ending is a reader during whose work the process ends.
type ending struct {
	Reader
	end func()
}

func (e ending) Search(ctx context.Context, _ []string, _ func(string) bool, _ int) ([]tickets.Hit, error) {
	e.end()
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestTheNewestOfAnAccountIsTold(t *testing.T) {
	var a tickets.LedgerAccount
	for i := range 25 {
		a.Outgoing = append(a.Outgoing, tickets.OutboxItem{Outgoing: tickets.Outgoing{Recipient: fmt.Sprintf("r%02d", i)}, CreatedAt: time.Unix(int64(i), 0)})
	}
	wants(t, strings.Join(Policy{}.account(a, tickets.Question{}, tickets.Person{Language: tickets.English}), "\n"), "5 older ones", "!r04", "r05", "r24")
}
