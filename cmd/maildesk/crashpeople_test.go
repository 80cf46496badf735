package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

const (
	writesEvery   = 15 * time.Millisecond  // somebody writes
	deliversEvery = 120 * time.Millisecond // the pipe gets a mail
	lettersALife  = 30                     // no more in one life of the daemon, so that a slow machine keeps up
)

// people write to the desk and remember what they wrote.
type people struct {
	town *town

	mu       sync.Mutex
	random   *rand.Rand
	letters  []*letter
	answered int // so many of the sink's receipts were looked at for a reply
	life     int32
	written  int // in that life
}

// letter is a mail that somebody wrote, whatever way it took.
type letter struct {
	id      string // Message-ID
	from    string
	answers string   // the ticket's number that it belongs to, "" for a new problem
	boxes   []string // mailboxes that it lies in
	piped   bool     // it went through deliver
	raw     []byte
}

func newPeople(w *town, seed uint64) *people {
	return &people{town: w, random: rand.New(rand.NewPCG(seed, 2))}
}

// stream lets people write until stop is called, which returns when the last letter is on its way. The test's end stops
// it too.
func (w *town) stream(ctx context.Context) (stop func()) {
	stopped := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() { w.every(ctx, stopped, writesEvery, w.people.write) })
	group.Go(func() { w.every(ctx, stopped, deliversEvery, w.people.pipe) })
	stop = sync.OnceFunc(func() { close(stopped); group.Wait() })
	w.t.Cleanup(stop)
	return stop
}

func (w *town) every(ctx context.Context, stopped <-chan struct{}, pause time.Duration, act func(context.Context) error) {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-stopped:
			return
		case <-ctx.Done():
			return
		}
		if !w.people.hasTime() {
			continue
		}
		if err := act(ctx); err != nil && ctx.Err() == nil {
			w.t.Errorf("writing to the desk: %v", err)
			return
		}
	}
}

// hasTime reports whether somebody may still write in this life of the daemon, and counts it.
func (p *people) hasTime() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if life := p.town.life.Load(); life != p.life {
		p.life, p.written = life, 0
	}
	p.written++
	return p.written <= lettersALife
}

// write puts a letter into a mailbox, or the same into both. Every third is a reply, if there is something to reply to.
func (p *people) write(context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.next()
	switch p.random.IntN(5) {
	case 0:
		l.boxes = p.town.mailboxes
	case 1:
		l.boxes = p.town.mailboxes[1:]
	default:
		l.boxes = p.town.mailboxes[:1]
	}
	return p.post(l)
}

func (p *people) next() *letter {
	if p.random.IntN(3) == 0 {
		if l := p.reply(); l != nil {
			return l
		}
	}
	return p.compose("", "")
}

// pipe hands a letter to maildesk deliver; at times the same lies in a mailbox too, and at times the command is killed.
func (p *people) pipe(ctx context.Context) error {
	p.mu.Lock()
	l := p.compose("", "")
	l.piped = true
	if p.random.IntN(4) == 0 {
		l.boxes = p.town.mailboxes[:1]
	}
	err := p.post(l)
	killAfter := time.Duration(0)
	if p.random.IntN(3) == 0 {
		killAfter = time.Duration(1+p.random.IntN(60)) * time.Millisecond
	}
	p.mu.Unlock()
	if err != nil {
		return err
	}
	return p.town.deliver(ctx, l.raw, killAfter)
}

// probe puts a letter into the first mailbox and returns its UID.
func (p *people) probe() (*letter, uint32, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.compose("", "")
	l.boxes = p.town.mailboxes[:1]
	p.letters = append(p.letters, l)
	uid, err := p.town.imap.Append(l.boxes[0], "INBOX", l.raw, time.Now())
	return l, uid, err
}

func (p *people) post(l *letter) error {
	p.letters = append(p.letters, l)
	for _, box := range l.boxes {
		if _, err := p.town.imap.Append(box, "INBOX", l.raw, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

// reply answers the next confirmation of the sink that nobody has answered, nil when there is none.
func (p *people) reply() *letter {
	receipts := p.town.sink.taken()
	if p.answered == len(receipts) {
		return nil
	}
	r := receipts[p.answered]
	p.answered++
	l := p.compose(r.to, fmt.Sprintf("In-Reply-To: <%s>\r\nReferences: <%[1]s>\r\n", r.messageID))
	l.answers = r.ticket
	return l
}

// compose writes a letter; to a new problem belongs a person of its own.
func (p *people) compose(from, threading string) *letter {
	n := len(p.letters) + 1
	if from == "" {
		from = fmt.Sprintf("user%d@corp.example", n)
	}
	l := &letter{id: fmt.Sprintf("letter-%d@client.corp.example", n), from: from}
	l.raw = fmt.Appendf(nil, "From: 张三 <%s>\r\nTo: helpdesk@corp.example\r\nSubject: ERP 登录失败 %d\r\n"+
		"Date: Wed, 15 Nov 2023 09:30:00 +0800\r\nMessage-ID: <%s>\r\n%sMIME-Version: 1.0\r\n"+
		"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"+
		"登录 ERP 系统时提示“用户名或密码错误”，第 %d 次了。\r\n", from, n, l.id, threading, n)
	return l
}
