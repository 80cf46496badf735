package intake

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
)

// post composes the notices of the mails that are taken in one transaction beside the one writer, while that decides on the mails
// after them: of all that a mail costs, composing is the most, and needs nothing of the store. They are stored together, when
// the post is emptied.
//
// Nothing may look for an outgoing mail that is still in the post, so it is emptied before a mail to which one could matter.
type post struct {
	tx       Tx
	composer tickets.Composer
	pack     func([]byte) []byte
	atOnce   bool // each notice is composed and stored by itself
	waiting  []*letter
	offered  chan *letter // to who composes beside the writer; nil before the first
	helpers  sync.WaitGroup
}

// letter is a notice, the instant of its mail, and what it was composed to.
type letter struct {
	notice   tickets.Notice
	now      time.Time
	composed sync.Once
	mail     tickets.Outgoing
	fault    *panicError
}

// errPost says that a notice could not be composed or stored when it had been collected: whose it was is found by taking the
// same mails again, with each notice at once.
var errPost = errors.New("a collected notice could not be sent")

// send takes a notice. One with files is not collected, for they may be large. It may overtake what is collected, none of which
// is to the same person on the same ticket: see concerns.
func (p *post) send(n tickets.Notice, now time.Time) error {
	if p.atOnce || len(n.Files) > 0 {
		return p.tx.AddOutgoing(p.composer.Compose(n), now)
	}
	if n.Ticket != nil { // its mail may change it after this
		ticket := copyOf(*n.Ticket)
		n.Ticket = &ticket
	}
	l := &letter{notice: n, now: now}
	p.waiting = append(p.waiting, l)
	p.offer(l)
	return nil
}

// offer has a letter composed beside the writer; where too many wait, the writer composes it itself.
func (p *post) offer(l *letter) {
	if p.offered == nil {
		p.offered = make(chan *letter, 2*groupMails)
		for range runtime.GOMAXPROCS(0) - 1 {
			p.helpers.Go(func() {
				for l := range p.offered {
					l.compose(p.composer, p.pack)
				}
			})
		}
	}
	select {
	case p.offered <- l:
	default:
	}
}

// close ends what composes beside the writer. The post takes nothing more.
func (p *post) close() {
	if p.offered != nil {
		close(p.offered)
		p.helpers.Wait()
	}
}

// compose composes and packs a letter, once; whoever comes while another is at it waits. A panic becomes its fault.
func (l *letter) compose(composer tickets.Composer, pack func([]byte) []byte) {
	l.composed.Do(func() {
		defer func() {
			if fault := recover(); fault != nil {
				l.fault = &panicError{fault, debug.Stack()}
			}
		}()
		l.mail = composer.Compose(l.notice)
		if pack != nil {
			l.mail.Packed = pack(l.mail.Raw)
		}
	})
}

// concerns reports whether a mail could look for what is in the post: it answers something, or commands, or its author is
// written to.
func (p *post) concerns(m *parser.Message) bool {
	if len(m.InReplyTo)+len(m.References)+len(m.Numbers)+len(m.Footers)+len(m.TokenLines)+len(m.Orders.Commands) > 0 || m.Bounce != nil {
		return true
	}
	from := author(m).Address
	for _, l := range p.waiting {
		if tickets.SameAddress(l.notice.To.Address, from) {
			return true
		}
	}
	return false
}

// forget drops what was collected since there were n: it is undone.
func (p *post) forget(n int) { p.waiting = p.waiting[:min(n, len(p.waiting))] }

// empty stores what was collected in its order. What is not yet composed the writer composes from the end, to meet who
// composes from the beginning.
func (p *post) empty() error {
	for _, l := range slices.Backward(p.waiting) {
		l.compose(p.composer, p.pack)
	}
	for _, l := range p.waiting {
		if l.fault != nil {
			return errors.Join(errPost, fmt.Errorf("compose: %w", l.fault))
		}
		if err := p.tx.AddOutgoing(l.mail, l.now); err != nil {
			if temporary(err) {
				return err
			}
			return errors.Join(errPost, err)
		}
	}
	p.waiting = p.waiting[:0]
	return nil
}
