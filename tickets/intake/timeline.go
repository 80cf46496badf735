package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"maildesk/parser/command"
	"maildesk/tickets"
)

// Item is a mail on a ticket's timeline, under the number by which technicians name it.
type Item struct {
	Number     int                `json:"number"` // among all entries of the ticket, from 1, as maildesk ticket show counts them
	Entry      int64              `json:"entry"`
	At         time.Time          `json:"at"`
	Kind       tickets.EntryKind  `json:"kind"`
	Visibility tickets.Visibility `json:"visibility"`
	Author     Reader             `json:"author"`
	Staff      bool               `json:"staff,omitempty"`      // of the staff, and not of IT
	Title      string             `json:"title,omitempty"`      // its first line with a few letters; "" of a private one
	Recipients []string           `json:"recipients,omitempty"` // addresses in To and Cc beside the desk
}

// mails are the kinds of entries that are mails. The others record what was done on their ticket, and stay there.
var mails = map[tickets.EntryKind]bool{
	tickets.EntryReport: true, tickets.EntryReply: true, tickets.EntrySentAgain: true, tickets.EntryAutoReply: true, tickets.EntryBounce: true, tickets.EntryProblem: true,
}

const (
	maxItems   = 10 // newest mails that #status shows
	fewLetters = 5  // a line of no more is a greeting
)

// timeline reads the mails of a ticket, where a technician wants to see them or names one.
func (l lookup) timeline(s *Scene) error {
	m := l.mail.Message
	splits := orders(m, "split")
	if _, technician := l.policy.technician(author(m).Address); !technician || s.Barred || !splits && !orders(m, "status") {
		return nil
	}
	entries, err := l.tx.EntriesOf(s.Ticket.ID)
	if err != nil {
		return err
	}
	for i, e := range entries {
		if !mails[e.Kind] {
			continue
		}
		item := Item{Number: i + 1, Entry: e.ID, At: e.At, Kind: e.Kind, Visibility: e.Visibility, Recipients: e.Recipients, Title: title(e)}
		s.Timeline = append(s.Timeline, item)
	}
	if newest := max(0, len(s.Timeline)-maxItems); !splits {
		s.Timeline = s.Timeline[newest:]
	}
	for i := range s.Timeline {
		item := &s.Timeline[i]
		from := entries[item.Number-1].Actor
		if item.Author, err = l.reader(from); err != nil {
			return err
		}
		item.Staff = from.Address != "" && !item.Author.Technician && l.policy.staff(from.Address) && !l.policy.own(from.Address) && !l.policy.list(from.Address)
	}
	return nil
}

// title is the first line of an entry that says something.
func title(e tickets.Entry) string {
	if e.Visibility == tickets.Private {
		return ""
	}
	for line := range strings.Lines(e.Text) {
		if line = strings.Join(strings.Fields(line), " "); len([]rune(line)) > fewLetters {
			return clip(line, maxRootSubject)
		}
	}
	return clip(strings.Join(strings.Fields(e.Text), " "), maxRootSubject)
}

// mails lists the newest mails of a ticket to a technician, the newest last, with the numbers that #split takes.
func (w *work) mails(s *Scene) {
	if !w.k.Sender.Technician || s.Barred || len(s.Timeline) == 0 {
		return
	}
	w.lines = append(w.lines, "", command.Text{Chinese: "序号\t时间\t发件人\t内容", English: "No.\tTime\tFrom\tText"}.In(w.lang))
	for _, item := range s.Timeline[max(0, len(s.Timeline)-maxItems):] {
		text := strings.ReplaceAll(item.Title, "\t", " ")
		if item.Visibility == tickets.Private {
			text = command.Text{Chinese: "（私密）", English: "(private)"}.In(w.lang)
		}
		w.lines = append(w.lines, fmt.Sprintf("%d\t%s\t%s\t%s", item.Number, w.k.local(item.At), strings.ReplaceAll(item.Author.called(), "\t", " "), text))
	}
}

// from are the mails of a timeline from a number on, and whether that number is a mail's.
func from(timeline []Item, number int) ([]Item, bool) {
	at := slices.IndexFunc(timeline, func(i Item) bool { return i.Number == number })
	if at < 0 {
		return nil, false
	}
	return timeline[at:], true
}
