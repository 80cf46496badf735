package sqlite_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"maildesk/tickets"
	"maildesk/tickets/intake"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/sqlite/sqlitetest"
)

// BenchmarkMail is what the intake asks of the store for a mail that opens a ticket and is confirmed: 8 KB came in,
// 9 KB go out. Beside the time of one mail stands the processors' share of it; the rest is the disk's.
func BenchmarkMail(b *testing.B) {
	for _, group := range []int{1, 64} {
		b.Run(fmt.Sprintf("%d a transaction", group), func(b *testing.B) {
			store := sqlitetest.New(b)
			raw, out := prose(8<<10), prose(9<<10)
			mail := 0
			b.ReportAllocs()
			before := cpuTime(b)
			for b.Loop() {
				err := store.Update(b.Context(), func(tx *sqlite.Tx) error {
					for range group {
						mail++
						if err := tx.Savepoint(func() error { return takeMail(tx, mail, raw, out) }); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(mail), "µs/mail")
			b.ReportMetric(float64((cpuTime(b)-before).Microseconds())/float64(mail), "cpu-µs/mail")
		})
	}
}

// cpuTime is what this process has used of all processors.
func cpuTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// prose is text as compressible as mail is.
func prose(size int) []byte {
	rnd := rand.New(rand.NewPCG(20231115, 1))
	words := make([]string, 2000)
	for i := range words {
		for range 2 + rnd.IntN(8) {
			words[i] += string(rune('a' + rnd.IntN(26)))
		}
	}
	var out bytes.Buffer
	for out.Len() < size {
		out.WriteString(words[rnd.IntN(len(words))])
		out.WriteByte(" \n"[rnd.IntN(12)/11])
	}
	return out.Bytes()[:size]
}

// takeMail does, statement for statement, what intake.Handle does for the n-th mail.
func takeMail(tx intake.Tx, n int, raw, out []byte) error {
	now := time.Date(2023, 11, 15, 1, 30, 0, 0, time.UTC).Add(time.Duration(n) * time.Second)
	from := tickets.Address{Name: "张三", Address: fmt.Sprintf("zhangsan%d@corp.example", n%500)}
	headerID := fmt.Sprintf("%x.%d@corp.example", sha256.Sum256(fmt.Append(nil, n)), n)
	key := sha256.Sum256([]byte(headerID))
	if err := lookUp(tx, key, headerID, from.Address, now); err != nil {
		return err
	}
	seq, err := tx.NextNumber("20231115")
	if err != nil {
		return err
	}
	ticket := &tickets.Ticket{
		Number: fmt.Sprintf("IT20231115%03d", seq), Subject: "登录ERP系统时提示用户名或密码错误", Status: tickets.New,
		Requester: tickets.Person{Name: from.Name, Address: from.Address, Language: tickets.Chinese}, CreatedAt: now, UpdatedAt: now,
	}
	if err := tx.AddTicket(ticket); err != nil {
		return err
	}
	message := &tickets.LedgerMessage{
		ContentKey: key, HeaderID: headerID, From: from, Subject: ticket.Subject, Verdict: tickets.VerdictOpen,
		Reason: "a person wrote it", Ticket: ticket.ID, Decision: raw[:300], Known: raw[:400], RulesVersion: 1, Now: now,
	}
	if err := tx.AddMessage(message, bytes.NewReader(raw)); err != nil {
		return err
	}
	entry := &tickets.Entry{
		Ticket: ticket.ID, At: now, Actor: from, Kind: tickets.EntryReport, Text: string(raw[:600]), Visibility: tickets.Public,
		Message: message.ID, HeaderID: headerID, TextKey: key[:16],
	}
	if err := tx.AddEntry(entry); err != nil {
		return err
	}
	message.Entry = entry.ID
	if err := tx.SetMessage(message); err != nil {
		return err
	}
	return follow(tx, ticket, entry, message, uint32(n), out)
}

func lookUp(tx intake.Tx, key [32]byte, headerID, sender string, now time.Time) error {
	if _, err := tx.MessageByContent(key); err != nil {
		return err
	}
	if _, err := tx.MessagesByHeaderID(headerID); err != nil {
		return err
	}
	if _, err := tx.SameText(key[:16], now.Add(-time.Hour)); err != nil {
		return err
	}
	if _, err := tx.Person(sender); err != nil {
		return err
	}
	_, err := tx.CountAutomatic(sender, 0, now.Add(-time.Hour))
	return err
}

func follow(tx intake.Tx, ticket *tickets.Ticket, entry *tickets.Entry, message *tickets.LedgerMessage, uid uint32, out []byte) error {
	if err := tx.PutPerson(ticket.Requester); err != nil {
		return err
	}
	if err := tx.AddParticipants(ticket.ID, intake.RoleRequester, []string{ticket.Requester.Address}); err != nil {
		return err
	}
	if err := tx.AddHeaderIDs(ticket.ID, []string{message.HeaderID}); err != nil {
		return err
	}
	err := tx.AddOutgoing(tickets.Outgoing{
		Ticket: ticket.ID, Entry: entry.ID, Kind: tickets.NoticeConfirmation, Lane: tickets.LaneNormal,
		Sender: "helpdesk@corp.example", Recipient: ticket.Requester.Address,
		MessageID: fmt.Sprintf("%s.%d.abcdefghijklmnop@corp.example", ticket.Number, entry.ID), Raw: out,
	}, message.Now)
	if err != nil {
		return err
	}
	_, err = tx.AddSighting(&tickets.Sighting{
		Source: "helpdesk@corp.example@imap.corp.example", Folder: "INBOX", UIDValidity: 1, UID: uid,
		Message: message.ID, Verdict: message.Verdict, Reason: message.Reason, At: message.Now,
	})
	return err
}
