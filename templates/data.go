package templates

import (
	"maildesk/tickets"
	"maildesk/tickets/thread"
)

// Data is what a template may speak of. A field that a notice has nothing to say for is empty.
type Data struct {
	Desk        Text           // the desk's name in the reader's language
	Address     Text           // the desk's address
	Reader      Text           // the reader's name, "" when not known
	Number      Text           // of the ticket, such as IT20231115001; "" when the mail belongs to none
	Subject     Text           // the ticket's root subject, or that of the mail which is answered
	Status      tickets.Status // of the ticket; "" when the mail belongs to none
	Text        Text           // what the person wrote
	Attachments []Text         // names of the files that came with it
	Reason      Text           // why, in the reader's language
}

// Thread is the subject of conversation mail: the number in brackets and the root subject.
func (d Data) Thread() Text { return Text(thread.Subject(string(d.Number), string(d.Subject))) }

// Rendered is a mail's content: lines end in \n.
type Rendered struct {
	Subject string // one line without control characters, not encoded
	Text    string
	HTML    string // a whole page; "" when only bare text could be made
}
