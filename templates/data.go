package templates

import (
	"slices"
	"strings"

	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// Data is what a template may speak of. A field that a notice has nothing to say for is empty.
type Data struct {
	Desk        Text           // the desk's name in the reader's language
	Address     Text           // the desk's address
	Reader      Text           // the reader's name, "" when not known
	Staff       bool           // the reader works in IT
	Yours       bool           // the reader is the ticket's requester, and is spoken to as such
	Number      Text           // of the ticket, such as IT20231115001; "" when the mail belongs to none
	Subject     Text           // the ticket's root subject, or that of the mail which is answered; "" when it must not be shown
	Status      tickets.Status // of the ticket; "" when the mail belongs to none
	Author      Text           // whose words Text are, "" when the desk speaks
	Unverified  bool           // nothing proves that Author wrote it
	Text        Text           // what the person wrote
	Attachments []Text         // names of the files that came with it
	Omitted     []Text         // those of them that are too large to go along
	Reason      Text           // why, in the reader's language
	Lines       []Text         // what was done, refused or asked for, in the reader's language; with tabs a table's row
	Also        []Text         // who else gets the same words
	Buttons     []Button       // answers that one press gives; a text shows none, so the words beside them must do

	// What a technician wants to know of the ticket.
	Requester      Contact
	Category       Text
	Priority       Text
	PriorityReason Text
	Severity       Text
	Impact         Text
	OccurredAt     Text // in the desk's time zone
	AnswerBy       Text // until when an answer can be expected, in the reader's words; "" when that is not known or over
	Assignee       Text
	Group          Text
	Score          int // of the rating, 0 when there is none

	lang tickets.Language // of the template; Render sets it
}

// Contact is how a person can be reached.
type Contact struct {
	Name, Address, Department, Phone Text
}

// Called is the name, else the address.
func (c Contact) Called() Text {
	if c.Name != "" {
		return c.Name
	}
	return c.Address
}

// Parts are all that is known of the person, in the order in which it is read.
func (c Contact) Parts() []Text {
	var known []Text
	for _, part := range []Text{c.Name, c.Department, c.Phone, c.Address} {
		if part != "" {
			known = append(known, part)
		}
	}
	return known
}

// Button is an answer that one press gives.
type Button struct {
	Label   Text
	Command Text   // what it says, for those who see no buttons
	Link    string // a mailto address with the whole answer, percent-encoded (RFC 6068)
}

// Thread is the subject of conversation mail: the number in brackets and the root subject, where there is one.
func (d Data) Thread() Text { return Text(thread.Subject(string(d.Number), string(d.Subject))) }

// Mixed reports that some of the lines are marked as right, among others that are wrong.
func (d Data) Mixed() bool {
	return slices.ContainsFunc(d.Lines, func(line Text) bool { return strings.HasPrefix(string(line), "○") })
}

// Rendered is a mail's content: lines end in \n.
type Rendered struct {
	Subject string // one line without control characters, not encoded
	Text    string
	HTML    string // a whole page; "" when only bare text could be made
}
