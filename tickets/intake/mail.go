package intake

import (
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
)

// Mail is one sighting of a mail on its way into the desk.
type Mail struct {
	Sighting   tickets.Sighting  // source, folder, UIDVALIDITY and UID
	Raw        *io.SectionReader // the whole mail; its header alone with a Problem or when Skipped; nil when not to be had
	Problem    *tickets.Problem  // why the mail could not be fetched or read
	Quiet      bool              // imported: nothing is answered
	Skipped    bool              // older than the desk's first start
	Renumbered bool              // its folder has got a new UIDVALIDITY since the first start
	Vanished   bool              // gone before it could be fetched
	Received   time.Time         // when the server got it, zero when not known

	Message *parser.Message // set when it is read
	readErr error           // the environment's: the spooled mail could not be read
}

// read parses the mail. What the parser cannot cope with becomes the mail's Problem.
func (m *Mail) read(opt parser.Options) {
	if m.Message != nil {
		return
	}
	m.Message = &parser.Message{}
	if m.Raw == nil {
		return
	}
	defer func() {
		if p := recover(); p != nil {
			m.Message = &parser.Message{}
			m.Problem = &tickets.Problem{Kind: tickets.Unreadable, Detail: fmt.Sprintf("panic: %v\n%s", p, debug.Stack())}
		}
	}()
	message, err := parser.Parse(m.Raw, opt)
	if err != nil {
		m.readErr, m.Message = environment{fmt.Errorf("read the spooled mail: %w", err)}, nil
		return
	}
	m.Message = message
}

// environment marks an error as none of the mail's.
type environment struct{ error }

// Temporary is true: the mail is to be handed over again.
func (environment) Temporary() bool { return true }

// Unwrap returns the cause.
func (e environment) Unwrap() error { return e.error }
