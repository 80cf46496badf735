package intake

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"maildesk/parser"
	"maildesk/tickets"
)

// post collects the notices of the mails that are taken in one transaction, so that they are composed several at once: of all
// that a mail costs the one writer, composing is the most, and needs nothing of the store.
//
// Nothing may look for an outgoing mail that is still in the post, so it is emptied before a mail to which one could matter.
type post struct {
	tx       Tx
	composer tickets.Composer
	pack     func([]byte) []byte
	atOnce   bool // each notice is composed and stored by itself
	waiting  []letter
}

// letter is a notice and the instant of its mail.
type letter struct {
	notice tickets.Notice
	now    time.Time
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
	p.waiting = append(p.waiting, letter{n, now})
	return nil
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

// empty composes what was collected, and stores it in its order.
func (p *post) empty() error {
	if len(p.waiting) == 0 {
		return nil
	}
	mails, err := p.compose()
	if err != nil {
		return errors.Join(errPost, err)
	}
	for i, mail := range mails {
		if err := p.tx.AddOutgoing(mail, p.waiting[i].now); err != nil {
			if temporary(err) {
				return err
			}
			return errors.Join(errPost, err)
		}
	}
	p.waiting = p.waiting[:0]
	return nil
}

// compose composes and packs, as many at once as there are processors. The goroutines end before it returns.
func (p *post) compose() ([]tickets.Outgoing, error) {
	mails := make([]tickets.Outgoing, len(p.waiting))
	var next atomic.Int64
	var panicked atomic.Pointer[panicError]
	var group sync.WaitGroup
	work := func() {
		defer func() {
			if fault := recover(); fault != nil {
				panicked.Store(&panicError{fault, debug.Stack()})
			}
		}()
		for {
			i := int(next.Add(1)) - 1
			if i >= len(mails) {
				return
			}
			mails[i] = p.composer.Compose(p.waiting[i].notice)
			if p.pack != nil {
				mails[i].Packed = p.pack(mails[i].Raw)
			}
		}
	}
	for range min(runtime.GOMAXPROCS(0), len(mails)) - 1 {
		group.Go(work)
	}
	work()
	group.Wait()
	if fault := panicked.Load(); fault != nil {
		return nil, fmt.Errorf("compose: %w", fault)
	}
	return mails, nil
}
