package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"maildesk/tickets"
)

// screen is a terminal whose words can be waited for.
type screen struct {
	mu      sync.Mutex
	text    bytes.Buffer
	written chan struct{}
}

func newScreen() *screen { return &screen{written: make(chan struct{}, 1)} }

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text.Write(p)
	select {
	case s.written <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func (s *screen) await(t *testing.T, pattern string) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for !regexp.MustCompile("(?m)" + pattern).MatchString(s.String()) {
		select {
		case <-s.written:
		case <-deadline:
			t.Fatalf("no %q on the screen:\n%s", pattern, s)
		}
	}
}

func options(dir string, out *screen) Options {
	return Options{Dir: dir, Once: true, Out: out, Env: func(string) string { return "" }, Now: time.Now, Version: "maildesk test"}
}

func TestStory(t *testing.T) {
	dir, out := filepath.Join(t.TempDir(), "demo"), newScreen()
	if err := Run(t.Context(), options(dir, out)); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, line := range []string{
		`^1\. 张三 cannot log in`,
		`^   mail    张三: 登录ERP系统时提示“用户名或密码错误”  \(001-zhangsan-to-helpdesk\.eml\)$`,
		`^   desk    opened IT\d{8}001: a new problem`,
		`^   answer  to 张三: \[IT\d{8}001\] 登录ERP系统时提示“用户名或密码错误”  \(confirmation, zh, after \d+ ms\)$`,
		`^   张三 presses “已解决，确认”$`,
		`^   IT\d{8}001 +closed +张三 +15 +`,
		`^   IT\d{8}002 +closed +John Smith +22 +`,
		`^   IT\d{8}003 +closed +王磊 `,
		`^   IT\d{8}009 +assigned +John Smith +2 +Laptop keeps freezing$`,
	} {
		if !regexp.MustCompile("(?m)" + line).MatchString(out.String()) {
			t.Errorf("no line %q in\n%s", line, out)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "mails", "*.eml"))
	if err != nil || len(left) < 103 { // and more where the machine is so slow that the P0 climbs further
		t.Errorf("%d mails are left, want 103 (%v)", len(left), err)
	}
	if want := fmt.Sprintf("The story went as told: %d mails, 9 tickets", len(left)); !strings.Contains(out.String(), want) {
		t.Errorf("no %q in\n%s", want, out)
	}
	log, err := os.ReadFile(filepath.Join(dir, "maildesk.log"))
	if err != nil || !bytes.Contains(log, []byte("maildesk is down")) {
		t.Errorf("the log does not tell of the desk's end (%v)", err)
	}
}

// TestFolderOfItsOwn looks at what becomes of a folder that nobody named.
func TestFolderOfItsOwn(t *testing.T) {
	parent := t.TempDir()
	t.Setenv("TMPDIR", parent)
	opt := options("", newScreen())
	if err := Run(t.Context(), opt); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) != 0 {
		t.Errorf("%v is left after a good end (%v)", left, err)
	}
}

func TestRefusesFolderInUse(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "maildesk.toml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := Run(t.Context(), options(dir, newScreen()))
	if err == nil || !strings.Contains(err.Error(), "never overwrites") {
		t.Errorf("got %v", err)
	}
}

// TestWrongStory tells stories that are not true: each ends with its first wrong step.
func TestWrongStory(t *testing.T) {
	for name, test := range map[string]struct {
		play func(*story)
		want string
	}{
		"verdict": {
			func(s *story) { s.isDuplicate(s.sends(zhangSan, "erp-gbk")) },
			`the verdict is "open", want "duplicate"`,
		},
		"text": {
			func(s *story) { s.reads(s.opens(s.sends(zhangSan, "erp-gbk"), liWei), "打印机") },
			`"打印机" is not in what was read`,
		},
		"answer": {
			func(s *story) {
				mail := s.sends(zhangSan, "erp-gbk")
				s.opens(mail, liWei)
				s.answers(mail, tickets.NoticeRefused)
			},
			`want one refused`,
		},
		"technician": {
			func(s *story) { s.opens(s.sends(zhangSan, "erp-gbk"), maryWilson) },
			`made the desk write 0 mails () to Mary Wilson, want one assigned`,
		},
		"status": {
			func(s *story) { s.isNow(s.opens(s.sends(zhangSan, "erp-gbk"), liWei), tickets.InProgress, liWei) },
			`is assigned, want in_progress`,
		},
		"one more who hears of it": {
			func(s *story) {
				ticket := s.opens(s.sends(zhangSan, "erp-gbk"), liWei)
				s.reaches(s.says(liWei, "请问邮箱能登录吗？", s.newest(liWei, tickets.NoticeAssigned)), ticket, to(zhangSan, tickets.NoticeReply))
			},
			`it made the desk write 2 mails, want 1`,
		},
		"words that are there": {
			func(s *story) {
				s.opens(s.sends(zhangSan, "erp-gbk"), liWei)
				s.hides(s.newest(liWei, tickets.NoticeAssigned), "陈喆")
			},
			`"陈喆" is in the mail`,
		},
		"words that are not there": {
			func(s *story) {
				s.opens(s.sends(zhangSan, "erp-gbk"), liWei)
				s.shows(s.newest(liWei, tickets.NoticeAssigned), "打印机")
			},
			`"打印机" is not in the mail`,
		},
		"no such button": {
			func(s *story) {
				s.opens(s.sends(zhangSan, "erp-gbk"), liWei)
				s.presses(liWei, "confirm", s.newest(liWei, tickets.NoticeAssigned))
			},
			`the mail shows no button "已解决，确认"`,
		},
		"a true mail": {
			func(s *story) {
				ticket := s.opens(s.sends(zhangSan, "erp-gbk"), liWei)
				s.appends(s.writesAbout(ticket, liWei, "请问邮箱能登录吗？"), ticket, "number")
			},
			`it made the desk write 2 mails, want 0`,
		},
		"untold mail": {
			func(s *story) { s.opens(s.sends(zhangSan, "erp-gbk"), liWei) },
			`the desk wrote 2 mails, the story tells of 1`,
		},
		"no such mail": {
			func(s *story) { s.sends(zhangSan, "nothing") },
			`write the mail nothing`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			out := newScreen()
			s := newSite(t.TempDir(), options("", out))
			later := false
			s.chapters = []chapter{{"a wrong chapter", func(st *story) {
				test.play(st)
				st.step(func(context.Context) error { later = true; return nil })
			}}}
			err := s.open(t.Context())
			if err == nil {
				err = s.run(t.Context())
			}
			if closing := s.close(); closing != nil {
				t.Error(closing)
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
			out.await(t, "^   WRONG   .*"+regexp.QuoteMeta(test.want))
			if later && name != "untold mail" {
				t.Error("the story went on after a wrong step")
			}
		})
	}
}

// interrupter ends ctx as soon as the screen shows some words, before the story goes on.
type interrupter struct {
	*screen
	at   string
	stop context.CancelFunc
}

func (i interrupter) Write(p []byte) (int, error) {
	if strings.Contains(string(p), i.at) {
		i.stop()
	}
	return i.screen.Write(p)
}

// TestStopped presses Ctrl-C at several places: that is an end of its own, not a story that went wrong.
func TestStopped(t *testing.T) {
	for name, test := range map[string]struct{ at, want string }{
		"before the story":     {"IMAP 127.0.0.1", "stopped before the end of the story, in chapter 1"},
		"between two chapters": {"\n2. ", "stopped before the end of the story, in chapter 2"},
		"in a step":            {"   mail    李伟", "stopped before the end of the story, in chapter 2"},
		"after the last step":  {"(unreadable, en", "stopped before the end of the story"},
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			t.Setenv("TMPDIR", parent)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			out := newScreen()
			opt := options("", out)
			opt.Out = interrupter{out, test.at, stop}
			if err := Run(ctx, opt); !errors.Is(err, ErrStopped) {
				t.Errorf("ended with %v", err)
			}
			if text := out.String(); !strings.Contains(text, test.want) || strings.Contains(text, "WRONG") || strings.Contains(text, "did not go as told") {
				t.Errorf("no %q, or something wrong, in\n%s", test.want, text)
			}
			if left, err := os.ReadDir(parent); err != nil || len(left) != 0 {
				t.Errorf("%v is left (%v)", left, err)
			}
		})
	}
}

// TestWhatStops tells an interruption from what else may end a step.
func TestWhatStops(t *testing.T) {
	wrong := errors.New("wrong")
	for name, test := range map[string]struct {
		cause     error // of ctx's end, nil while it goes on
		err, want error
	}{
		"nothing wrong":              {nil, nil, nil},
		"a wrong step":               {nil, wrong, wrong},
		"Ctrl-C":                     {context.Canceled, context.Canceled, ErrStopped},
		"Ctrl-C after the last step": {context.Canceled, nil, nil},
		"the desk ends by itself":    {fmt.Errorf("%w: %w", errDeskEnded, wrong), wrong, wrong},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, end := context.WithCancelCause(t.Context())
			defer end(nil)
			if test.cause != nil {
				end(test.cause)
			}
			if got := stopped(ctx, test.err); !errors.Is(got, test.want) || got != nil && test.want == nil {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// TestJoin writes to the desk after the story, as a mail client that joins does.
func TestJoin(t *testing.T) {
	out := newScreen()
	opt := options("", out)
	opt.Once = false
	s := newSite(t.TempDir(), opt)
	s.chapters = nil
	if err := s.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.run(ctx) }()
	out.await(t, `^   IMAP   127\.0\.0\.1:\d+`)
	_, raw, err := write("printer-screenshot", 1, writing{person: johnSmith}, s.now())
	if err != nil {
		t.Fatal(err)
	}
	mail := tickets.Outgoing{Lane: tickets.LaneNormal, Sender: johnSmith.Address, Recipient: deskAddress, Raw: raw}
	if err := s.post.Submit(ctx, johnSmith.Address, mail); err != nil {
		t.Fatal(err)
	}
	out.await(t, `^   mail    John Smith: Printer on the third floor does not print`)
	out.await(t, `^   desk    opened IT\d{8}001: `)
	out.await(t, `^   answer  to John Smith: \[IT\d{8}001\] Printer`)
	stop()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}
