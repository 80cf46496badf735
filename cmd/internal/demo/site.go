package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"maildesk/cmd/internal/app"
	"maildesk/cmd/internal/config"
	"maildesk/cmd/internal/postoffice"
)

// Where the post office is found as long as nobody else is there, so that a mail client that was set up once finds it
// again.
const (
	imapAddr = "127.0.0.1:10143"
	smtpAddr = "127.0.0.1:10025"
)

// site is all that runs in a demo.
type site struct {
	dir  string
	opt  Options
	tell *teller
	now  func() time.Time // in the desk's zone
	file *os.File         // of the log
	log  *slog.Logger
	post *postoffice.Office
	desk *app.App

	// The mail clients: those of the people by address, and two that look at where the desk puts its mail.
	inboxes           map[string]*inbox
	processed, failed *inbox
	clients           sync.WaitGroup
	served            sync.WaitGroup
	stopClients       context.CancelFunc
	stopDesk          context.CancelFunc
	serveErr          error       // after served
	live              atomic.Bool // the story is over: each mail is told as it comes
	chapters          []chapter
}

func newSite(dir string, opt Options) *site {
	return &site{
		dir: dir, opt: opt, tell: &teller{out: opt.Out, coloured: opt.Coloured}, now: opt.Now,
		inboxes: map[string]*inbox{}, chapters: chapters, stopClients: func() {}, stopDesk: func() {},
	}
}

// open brings everything up that does not run by itself; what it opened close gives back, after an error too.
func (s *site) open(ctx context.Context) error {
	for _, step := range []func(context.Context) error{s.openLog, s.openPost, s.openDesk} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) openLog(context.Context) (err error) {
	if s.file, err = os.OpenFile(filepath.Join(s.dir, "maildesk.log"), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600); err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	var out io.Writer = s.file
	if s.opt.Log != nil {
		out = io.MultiWriter(s.file, s.opt.Log)
	}
	s.log = slog.New(slog.NewTextHandler(out, nil))
	return nil
}

func (s *site) openPost(context.Context) (err error) {
	imap, smtp := imapAddr, smtpAddr
	if s.opt.Once {
		imap, smtp = "", "" // nobody is to join, so whoever stays up may have them
	}
	zone, err := time.LoadLocation("Asia/Shanghai") // the desk's
	if err != nil {
		return fmt.Errorf("load the time zone: %w", err)
	}
	s.now = func() time.Time { return s.opt.Now().In(zone) }
	s.post, err = postoffice.Open(postoffice.Options{
		IMAPAddr: imap, SMTPAddr: smtp, Dir: filepath.Join(s.dir, "mails"), Accounts: accounts(),
		Now: s.now, Log: s.log.With("at", "post office"), Hear: s.hear,
	})
	return err
}

func (s *site) openDesk(ctx context.Context) error {
	path, err := writeConfiguration(s.dir, s.post)
	if err != nil {
		return err
	}
	desk, _, err := config.Load(path, s.opt.Env)
	if err != nil {
		return err
	}
	s.desk, err = app.Open(ctx, desk, app.Options{Log: s.log, Now: s.opt.Now, Version: s.opt.Version})
	return err
}

// run starts the desk and the clients, plays the story and, unless it was to be played only, stays up until ctx ends.
func (s *site) run(ctx context.Context) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	if err := s.startDesk(ctx, fail); err != nil {
		return err
	}
	s.startClients(ctx)
	s.tell.line("", "IMAP %s, SMTP %s, desk %s", s.post.IMAP.Addr(), s.post.SMTP.Addr(), deskAddress)
	if err := s.play(ctx); err != nil {
		return err
	}
	if err := s.summarize(ctx); err != nil || s.opt.Once {
		return err
	}
	return s.stayUp(ctx)
}

// errDeskEnded is why the demo ends when nobody asked for it.
var errDeskEnded = errors.New("the desk ended")

// startDesk runs what serve runs, and returns when it waits for mail. fail hears of an end that nobody asked for.
func (s *site) startDesk(ctx context.Context, fail context.CancelCauseFunc) error {
	deskCtx, stop := context.WithCancel(context.WithoutCancel(ctx)) // it is stopped by close, while the post office is still open
	s.stopDesk = stop
	s.served.Go(func() {
		err := s.desk.Serve(deskCtx)
		if deskCtx.Err() == nil {
			fail(fmt.Errorf("%w: %w", errDeskEnded, err))
			return
		}
		s.serveErr = err
	})
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := s.post.IMAP.Await(waiting, "IDLE", 1); err != nil {
		return fmt.Errorf("wait for the desk to watch its mailbox: %w", err)
	}
	return nil
}

func (s *site) startClients(ctx context.Context) {
	ctx, s.stopClients = context.WithCancel(context.WithoutCancel(ctx))
	open := func(user, folder string) *inbox {
		b := newInbox(user, folder, s.now)
		s.clients.Go(func() { b.watch(ctx, s.post, s.log.With("at", "client of "+user)) })
		return b
	}
	for _, p := range cast {
		s.inboxes[p.Address] = open(p.Address, "INBOX")
	}
	s.processed, s.failed = open(deskAddress, processedFolder), open(deskAddress, failedFolder)
}

// play plays all chapters, and says which one went wrong.
func (s *site) play(ctx context.Context) error {
	story := newStory(ctx, s)
	for i, chapter := range s.chapters {
		s.tell.chapter(i+1, chapter.title)
		switch chapter.play(story); {
		case errors.Is(story.err, ErrStopped):
			return fmt.Errorf("%w, in chapter %d of %d", ErrStopped, i+1, len(s.chapters))
		case story.err != nil:
			return fmt.Errorf("chapter %d did not go as told: %w", i+1, story.err)
		}
	}
	story.isAccountedFor()
	if story.err != nil && !errors.Is(story.err, ErrStopped) {
		return fmt.Errorf("not every mail is accounted for: %w", story.err)
	}
	return story.err
}

// close ends everything in the order in which mail flows: the desk drains while the post office still takes its mail.
func (s *site) close() error {
	s.stopDesk()
	s.served.Wait()
	s.stopClients()
	s.clients.Wait()
	errs := []error{s.serveErr}
	if s.desk != nil {
		errs = append(errs, s.desk.Close())
	}
	if s.post != nil {
		errs = append(errs, s.post.Close())
	}
	if s.file != nil {
		errs = append(errs, s.file.Close())
	}
	return errors.Join(errs...)
}
