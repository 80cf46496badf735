package intake

import (
	"context"
	"runtime"
	"sync"
)

// Line takes batches from several mailboxes: it reads several mails at once, and one writer commits the batches in
// the order in which they came.
type Line struct {
	desk    *Desk
	queue   chan *batch
	readers chan struct{} // one place per mail that may be read at a time
	done    chan struct{} // closed when Run has returned
}

// Result is the outcome of a batch. With Err, Outcomes are those of the mails that were committed before it.
type Result struct {
	Outcomes []Outcome
	Err      error
}

type batch struct {
	ctx   context.Context
	mails []*Mail
	read  chan struct{} // closed when all its mails are read
	done  chan Result
}

// NewLine makes a line to a desk. Nothing is committed until Run.
func NewLine(desk *Desk) *Line {
	return &Line{
		desk: desk, queue: make(chan *batch, 4),
		readers: make(chan struct{}, runtime.GOMAXPROCS(0)), done: make(chan struct{}),
	}
}

// Done is closed when Run has returned: a batch without a result then will have none, and was not taken.
func (l *Line) Done() <-chan struct{} { return l.done }

// Take hands a batch over and returns at once, unless four others wait; its result arrives on the channel when it is
// committed. Batches of one caller are committed in the order in which they were handed over.
func (l *Line) Take(ctx context.Context, mails []*Mail) <-chan Result {
	b := &batch{ctx: ctx, mails: mails, read: make(chan struct{}), done: make(chan Result, 1)}
	select {
	case l.queue <- b:
		go l.readAll(b)
	case <-ctx.Done():
		b.done <- Result{Err: context.Cause(ctx)}
	}
	return b.done
}

// readAll parses the mails of a batch, as many at once as there are processors. It ends by itself: reading is bounded
// by the parser's limits, and a panic becomes the mail's problem.
func (l *Line) readAll(b *batch) {
	defer close(b.read)
	var group sync.WaitGroup
	for _, mail := range b.mails {
		l.readers <- struct{}{}
		group.Go(func() {
			defer func() { <-l.readers }()
			mail.prepare(l.desk.Policy, l.desk.Pack)
		})
	}
	group.Wait()
}

// Run commits batches until ctx ends; what waits then is answered with the cause, uncommitted.
func (l *Line) Run(ctx context.Context) error {
	defer close(l.done)
	for {
		select {
		case b := <-l.queue:
			<-b.read
			outcomes, err := l.desk.Take(b.ctx, b.mails)
			b.done <- Result{Outcomes: outcomes, Err: err}
		case <-ctx.Done():
			return l.refuse(context.Cause(ctx))
		}
	}
}

// refuse answers what still waits, so that nobody hangs on a line that has ended.
func (l *Line) refuse(cause error) error {
	for {
		select {
		case b := <-l.queue:
			<-b.read
			b.done <- Result{Err: cause}
		default:
			return cause
		}
	}
}
