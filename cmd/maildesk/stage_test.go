package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"maildesk/cmd/internal/postoffice"
	"maildesk/parser"
	"maildesk/tickets"
	"maildesk/tickets/sqlite"
	"maildesk/tickets/thread"
)

// The stories (testdata/script/story-*.txtar) play on a stage: a post office on loopback and `maildesk serve` beside it.
//
//	desk [flags] [SECTION.KEY=VALUE...]              opens the stage; -mailbox=ADDRESS and -staff=FILE add to its
//	                                                 configuration, -backlog=PERSON:FILE is mail that lies there already
//	mail [flags] PERSON FILE                         hands a mail to the desk
//	reply [flags] PERSON KIND TEXT|FILE              answers the newest mail of that kind that the person got, the first with -first
//	press PERSON KIND PURPOSE                        presses a button of it
//	sent [KIND:PERSON...]                            fails unless these mails went out since the last mail, and no other
//	await KIND:PERSON                                waits for a mail that comes by time
//	status N STATUS                                  waits until the N-th ticket is in it
//	closed N DURATION                                waits until it has been closed for so long
//	read PERSON KIND                                 prints the newest mail of that kind: its header, text and attachments
//	down, up                                         stops the desk, while mail goes on coming, and starts it again
//	ticket [-json] N                                 prints the N-th ticket as `maildesk ticket show` does
//
// mail, reply and press return when the desk is quiet, and print the ledger's account: verdict, ticket, evidence, reason.
// The numbers of the tickets are $T1, $T2 …, also in the mails.
var storyCommands = map[string]func(*testscript.TestScript, bool, []string){
	"desk": onStage((*stage).open), "mail": onStage((*stage).mail), "reply": onStage((*stage).reply), "press": onStage((*stage).press),
	"sent": onStage((*stage).sent), "await": onStage((*stage).await), "read": onStage((*stage).read), "ticket": onStage((*stage).ticket),
	"status": onStage((*stage).status), "closed": onStage((*stage).closed),
	"down": onStage((*stage).down), "up": onStage((*stage).up),
}

// patience is how long the desk may take for a mail. It takes some milliseconds.
const patience = 20 * time.Second

// stage is what one script has.
type stage struct {
	*testscript.TestScript
	dir   string
	desks []string // the addresses of the desk's mailboxes
	old   int      // mails that lay in the first of them before the desk; they stay there
	post  *postoffice.Office
	store *sqlite.Store // for reading, beside the daemon
	mails int           // that were written so far
	seen  int64         // the newest outgoing mail before the last act
	stop  func()        // of the daemon; nil while it is down
}

// onStage lets a command act on the stage of its script.
func onStage(do func(*stage, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg {
			ts.Fatalf("a story tells what happens: no ! here")
		}
		s := ts.Value(stageKey{}).(*stage)
		s.TestScript = ts
		do(s, args)
	}
}

type stageKey struct{}

// setTheStage gives each script a stage of its own.
func setTheStage(env *testscript.Env) error {
	env.Values[stageKey{}] = &stage{dir: env.WorkDir}
	return nil
}

// open starts the post office and the desk, and returns when the desk waits for mail.
func (s *stage) open(args []string) {
	s.desks = []string{"helpdesk@" + domain}
	extra, more := "", ""
	var backlog []string
	for _, arg := range args {
		if box, is := strings.CutPrefix(arg, "-mailbox="); is {
			s.desks = append(s.desks, box)
		} else if file, is := strings.CutPrefix(arg, "-staff="); is {
			more = s.ReadFile(file)
		} else if old, is := strings.CutPrefix(arg, "-backlog="); is {
			backlog = append(backlog, old)
		} else {
			extra += arg + "\n"
		}
	}
	accounts := []postoffice.Account{}
	for _, address := range s.desks {
		accounts = append(accounts, postoffice.Account{Address: address})
	}
	for _, p := range cast {
		accounts = append(accounts, postoffice.Account{Address: p.address, Full: p.full})
	}
	quiet := slog.New(slog.DiscardHandler)
	post, err := postoffice.Open(postoffice.Options{Accounts: accounts, Now: time.Now, Log: quiet})
	s.Check(err)
	s.post = post
	s.Defer(func() { s.Check(post.Close()) })
	s.Check(s.configure(extra, more))
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s.old = len(backlog)
	for _, old := range backlog {
		from, file, _ := strings.Cut(old, ":")
		header, body, _ := strings.Cut(s.text(file), "\n\n")
		p := posting{to: s.desks[0]}
		s.Check(s.submit(ctx, p, s.person(from), s.complete(p, s.person(from), strings.Split(header, "\n"), body)))
	}
	s.serve(ctx)
	s.store, err = sqlite.Open(ctx, filepath.Join(s.dir, "data", "maildesk.db"), sqlite.Options{ReadOnly: true})
	s.Check(err)
	s.Defer(func() { s.Check(s.store.Close()) })
}

// configure writes the desk's files.
func (s *stage) configure(extra, more string) error {
	key, err := thread.NewKey("1")
	if err != nil {
		return err
	}
	text := configuration(s.post, s.desks, extra) + more
	for name, content := range map[string]string{"maildesk.toml": text, "maildesk.secret": key.Line() + "\n", "password": postoffice.Password + "\n"} {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(content), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// serve runs the daemon until down or the end of the script, which fails when the daemon does, and returns when it waits for
// mail.
func (s *stage) serve(ctx context.Context) {
	waiting := s.post.IMAP.Count("IDLE") + len(s.desks)
	running, stop := context.WithCancel(context.Background())
	log, ended := &safeBuffer{}, make(chan int, 1)
	go func() {
		ended <- run(running, []string{"serve", "-c", filepath.Join(s.dir, "maildesk.toml")}, func(string) string { return "" }, strings.NewReader(""), io.Discard, log)
	}()
	s.stop = sync.OnceFunc(func() {
		stop()
		code := <-ended
		s.Logf("the desk's log:\n%s", log)
		if code != exitDone {
			s.Fatalf("the daemon ended with %d", code)
		}
	})
	s.Defer(s.stop)
	if err := s.post.IMAP.Await(ctx, "IDLE", waiting); err != nil {
		s.Fatalf("the desk does not wait for mail: %v", err)
	}
}

// down stops the desk; mail goes on coming.
func (s *stage) down([]string) {
	s.stop()
	s.stop = nil
}

// up starts it again and waits until it is quiet.
func (s *stage) up([]string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s.remember(ctx)
	s.serve(ctx)
	s.quiet(ctx)
	s.number(ctx)
}

// act does something and waits until the desk is quiet. What follows is told from here on.
func (s *stage) act(from string, do func(context.Context) error) {
	if s.store == nil {
		s.Fatalf("the story has no desk yet")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s.remember(ctx)
	s.Check(do(ctx))
	if s.stop == nil {
		return // the mail lies there until the desk is up again
	}
	s.quiet(ctx)
	s.account(ctx, from)
	s.number(ctx)
}

// remember lets sent tell what goes out from now on.
func (s *stage) remember(ctx context.Context) {
	s.seen = 0
	for _, item := range s.outbox(ctx) {
		s.seen = max(s.seen, item.ID)
	}
}

// number puts the tickets' numbers into the script's variables.
func (s *stage) number(ctx context.Context) {
	all, err := s.store.Tickets(ctx)
	s.Check(err)
	for i, t := range all {
		s.Setenv(fmt.Sprintf("T%d", i+1), t.Number)
	}
}

// quiet waits until all mail to the desk has been put away, which is after its commit, and all that the desk wrote has
// been taken by the post office. What comes back meanwhile counts, too.
func (s *stage) quiet(ctx context.Context) {
	s.poll(ctx, "the desk is not quiet", func() bool {
		delivered, left := len(s.post.All()), 0
		for _, box := range s.desks {
			mails, err := s.post.IMAP.List(box, "INBOX")
			s.Check(err)
			left += len(mails)
		}
		if left > s.old {
			return false
		}
		stats, err := s.store.Stats(ctx)
		s.Check(err)
		return stats.Queued[tickets.LaneAlert]+stats.Queued[tickets.LaneNormal] == 0 && len(s.post.All()) == delivered
	})
}

// poll asks again and again, until patience ends.
func (s *stage) poll(ctx context.Context, otherwise string, so func() bool) {
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for !so() {
		select {
		case <-again.C:
		case <-ctx.Done():
			s.Fatalf("%s within %v", otherwise, patience)
		}
	}
}

// account prints what the ledger says of the newest mail of its sender.
func (s *stage) account(ctx context.Context, from string) {
	account, err := s.store.WhyAddress(ctx, from)
	s.Check(err)
	var newest tickets.Sighting
	number, evidence := "", ""
	for _, m := range account.Messages {
		for _, sighting := range m.Sightings {
			if sighting.ID > newest.ID {
				newest, number, evidence = sighting, m.Number, m.Evidence
			}
		}
	}
	for _, sighting := range account.Unread {
		if sighting.ID > newest.ID {
			newest, number, evidence = sighting, "", ""
		}
	}
	if evidence != "" {
		evidence = " by " + evidence
	}
	fmt.Fprintf(s.Stdout(), "%s %s%s: %s\n", newest.Verdict, number, evidence, newest.Reason)
}

func (s *stage) outbox(ctx context.Context) []tickets.OutboxItem {
	all, err := s.store.Outbox(ctx, "")
	s.Check(err)
	return all
}

// sent compares what went out since the last act with what is wanted.
func (s *stage) sent(want []string) {
	var got []string
	for _, item := range s.outbox(context.Background()) {
		if item.ID > s.seen {
			got = append(got, fmt.Sprintf("%s:%s", item.Kind, nickname(item.Recipient)))
		}
	}
	slices.Sort(got)
	want = slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		s.Fatalf("went out: %s\nwant:     %s", strings.Join(got, " "), strings.Join(want, " "))
	}
}

// await waits for mails that no mail causes.
func (s *stage) await(want []string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for _, w := range want {
		s.poll(ctx, "no "+w, func() bool {
			return slices.ContainsFunc(s.outbox(ctx), func(item tickets.OutboxItem) bool {
				return item.ID > s.seen && item.State == tickets.Sent && w == fmt.Sprintf("%s:%s", item.Kind, nickname(item.Recipient))
			})
		})
	}
	s.quiet(ctx)
}

// status waits for what time does to a ticket.
func (s *stage) status(args []string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s.poll(ctx, strings.Join(args, " is not "), func() bool { return string(s.find(ctx, args[0]).Status) == args[1] })
	s.quiet(ctx)
}

// closed waits until a ticket's end lies so far back.
func (s *stage) closed(args []string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	ago, err := time.ParseDuration(args[1])
	s.Check(err)
	at := s.find(ctx, args[0]).ClosedAt
	s.poll(ctx, "it is not closed long enough", func() bool { return !at.IsZero() && time.Since(at) > ago })
}

// find is the N-th ticket.
func (s *stage) find(ctx context.Context, n string) *tickets.Ticket {
	t, err := s.store.TicketByNumber(ctx, s.Getenv("T"+n))
	s.Check(err)
	if t == nil {
		s.Fatalf("there is no ticket %s", n)
	}
	return t
}

// received is a mail of the desk that lies in somebody's INBOX.
type received struct {
	*parser.Message
	raw []byte
}

// newest is the newest mail of a kind that somebody got.
func (s *stage) newest(p person, kind string) received {
	all := s.outbox(context.Background())
	slices.Reverse(all)
	return s.foremost(p, kind, all)
}

// foremost is the mail of a kind that somebody got and that comes before all others of these.
func (s *stage) foremost(p person, kind string, of []tickets.OutboxItem) received {
	id := ""
	at := slices.IndexFunc(of, func(item tickets.OutboxItem) bool {
		return string(item.Kind) == kind && tickets.SameAddress(item.Recipient, p.address)
	})
	if at >= 0 {
		id = of[at].MessageID
	}
	for _, d := range s.post.To(p.address) {
		m, err := parser.Parse(io.NewSectionReader(bytes.NewReader(d.Raw), 0, int64(len(d.Raw))), parser.Options{Prefix: "IT"})
		s.Check(err)
		if id != "" && m.MessageID == id {
			return received{m, d.Raw}
		}
	}
	s.Fatalf("%s got no %s", p.address, kind)
	return received{}
}

// read prints a mail: header fields and text, then attachments.
func (s *stage) read(args []string) {
	if len(args) != 2 {
		s.Fatalf("usage: read PERSON KIND")
	}
	l := s.newest(s.person(args[0]), args[1])
	header, _, _ := bytes.Cut(l.raw, []byte("\r\n\r\n"))
	fmt.Fprintf(s.Stdout(), "From: %s <%s>\nSubject: %s\n", l.From.Name, l.From.Address, l.Subject)
	for line := range strings.SplitSeq(string(header), "\r\n") {
		if strings.HasPrefix(line, "Auto-Submitted:") {
			fmt.Fprintln(s.Stdout(), line)
		}
	}
	fmt.Fprintf(s.Stdout(), "\n%s\n", l.Text)
	for _, a := range l.Attachments {
		fmt.Fprintf(s.Stdout(), "[%s, %s, %d bytes]\n", a.Name, a.Type, a.Size)
	}
}

// ticket runs maildesk ticket show.
func (s *stage) ticket(args []string) {
	if len(args) == 0 || s.Getenv("T"+args[len(args)-1]) == "" {
		s.Fatalf("there is no ticket %v", args)
	}
	command := []string{"ticket", "show", "-c", filepath.Join(s.dir, "maildesk.toml"), s.Getenv("T" + args[len(args)-1])}
	if args[0] == "-json" {
		command = append(command, "--json")
	}
	if code := run(context.Background(), command, func(string) string { return "" }, strings.NewReader(""), s.Stdout(), s.Stderr()); code != exitDone {
		s.Fatalf("ticket show ended with %d", code)
	}
}
