package intake

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/triage"
)

// Mail is one sighting of a mail on its way into the desk.
type Mail struct {
	Sighting   tickets.Sighting  // source, folder, UIDVALIDITY and UID
	Raw        *io.SectionReader // the whole mail; its header alone with a Problem or when Skipped; nil when not to be had
	Problem    *tickets.Problem  // why the mail could not be fetched or read
	Quiet      bool              // imported: nothing is answered
	Skipped    bool              // older than the desk's first start
	Renumbered bool              // it may have been seen under the folder's former UIDVALIDITY
	Vanished   bool              // gone before it could be fetched
	Released   bool              // it was held, and its author has said that it is theirs; it has no sighting of its own
	Offered    time.Time         // when it was handed over, for the metrics; zero when that is not measured

	Message *parser.Message // set when it is read
	readErr error           // the environment's: the spooled mail could not be read
	cause   error           // what Problem came from, for the log; nil when it came with the mail
	whole   bool            // Raw is the whole mail, not its header alone
	packed  []byte          // Raw as the store keeps it, nil when it is not packed yet
	sorted  sorted          // what the words are about
}

// sorted is the category that a mail's words tell, "" when none, and which words.
type sorted struct {
	category tickets.Category
	reason   string
}

// prepare does what can be done of a mail before the one writer has it: it is read, sorted and packed.
func (m *Mail) prepare(p Policy, pack func([]byte) []byte) {
	if m.Message != nil {
		return
	}
	m.read(p.reading())
	if m.Message == nil || m.Problem != nil {
		return
	}
	defer func() {
		if p := recover(); p != nil {
			m.poison(&panicError{p, debug.Stack()})
		}
	}()
	if human(m.Message) {
		category, reason := triage.Sort(m.Message.Subject, m.Message.NewText)
		m.sorted = sorted{category, reason.English}
	}
	if m.whole && pack != nil && m.Raw.Size() < maxPacked {
		raw := make([]byte, m.Raw.Size())
		if _, err := m.Raw.ReadAt(raw, 0); err == nil || err == io.EOF {
			m.packed = pack(raw)
		}
	}
}

// maxPacked is the size in bytes from which the writer packs a mail itself while it streams.
const maxPacked = 256 << 10

// stored is the mail as the store takes it: from the beginning, and packed where it is.
type stored struct {
	*io.SectionReader
	packed []byte
}

// Packed is the mail as the store keeps it, nil when it is not packed yet.
func (s stored) Packed() []byte { return s.packed }

// read parses the mail. What the parser cannot cope with becomes the mail's Problem.
func (m *Mail) read(opt parser.Options) {
	if m.Message != nil {
		return
	}
	m.whole = m.Raw != nil && m.Problem == nil && !m.Skipped
	m.Message = &parser.Message{}
	if m.Raw == nil {
		return
	}
	defer func() {
		if p := recover(); p != nil {
			m.poison(&panicError{p, debug.Stack()})
			m.readHeader(opt)
		}
	}()
	message, err := parser.Parse(m.Raw, opt)
	if err != nil {
		m.readErr, m.Message = environment{fmt.Errorf("read the spooled mail: %w", err)}, nil
		return
	}
	m.Message = message
}

// headerLimit is how much of a mail whose reading panicked is read again for its header.
const headerLimit = 256 << 10

// readHeader reads the header alone of a mail whose reading panicked, so that its author can be told. Such a mail is
// identified by its bytes.
func (m *Mail) readHeader(opt parser.Options) {
	m.Message = &parser.Message{}
	defer func() { _ = recover() }() // the header is to blame, then: nobody can be told
	head, err := io.ReadAll(io.NewSectionReader(m.Raw, 0, min(m.Raw.Size(), headerLimit)))
	if err != nil {
		return
	}
	head = Header(head)
	if message, err := parser.Parse(io.NewSectionReader(bytes.NewReader(head), 0, int64(len(head))), opt); err == nil {
		message.ContentKey = [32]byte{}
		m.Message = message
	}
}

// Header is the header at the beginning of a mail, with the empty line that ends it.
func Header(mail []byte) []byte {
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if at := bytes.Index(mail, []byte(end)); at >= 0 {
			return mail[:at+len(end)]
		}
	}
	return mail
}

// contentKey identifies the mail by its content; one that could not be read is identified by its bytes.
func (m *Mail) contentKey() ([32]byte, error) {
	if key := m.Message.ContentKey; key != [32]byte{} {
		return key, nil
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(m.Raw, 0, m.Raw.Size())); err != nil {
		return [32]byte{}, environment{fmt.Errorf("read the spooled mail: %w", err)}
	}
	return [32]byte(sum.Sum(nil)), nil
}

// poison makes an error that the mail itself has caused its Problem.
func (m *Mail) poison(cause error) {
	m.Problem, m.cause = &tickets.Problem{Kind: tickets.Unreadable, Detail: cause.Error()}, cause
}

// panicError is a panic that a mail has caused.
type panicError struct {
	value any
	stack []byte // for the log alone
}

// Error is the panic's value, without the stack: it goes into the ledger and onto the ticket.
func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// environment marks an error as none of the mail's.
type environment struct{ error }

// Temporary is true: the mail is to be handed over again.
func (environment) Temporary() bool { return true }

// Unwrap returns the cause.
func (e environment) Unwrap() error { return e.error }
