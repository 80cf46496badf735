package mailin

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"maildesk/mailin/imaptest"
)

const probeID = "check.k7q2@corp.example"

// probe is a mail with a Message-ID, as the server delivered it.
func probe(id, subject string) string {
	return fmt.Sprintf("Received: from [192.0.2.1] by mx.corp.example\r\nMessage-ID:\r\n <%s>\r\nSubject: %s\r\n\r\nOnly a test.\r\n", id, subject)
}

// answer has our Message-ID everywhere but in its own.
const answer = "Message-ID: <x@corp.example>\r\nIn-Reply-To: <" + probeID + ">\r\nSubject: answer to Message-ID: <" + probeID + ">\r\n\r\nI am away.\r\n"

func TestCollect(t *testing.T) {
	type mail struct{ folder, raw string }
	for name, test := range map[string]struct {
		opt   imaptest.Options
		mails []mail
		inbox []string // what is left there
	}{
		"new":                          {mails: []mail{{"INBOX", letter("one")}, {"INBOX", probe(probeID, "check")}, {"INBOX", answer}}, inbox: []string{"one", "answer to Message-ID: <" + probeID + ">"}},
		"moved by a daemon":            {mails: []mail{{"INBOX", letter("one")}, {"Processed", probe(probeID, "check")}}, inbox: []string{"one"}},
		"quarantined by a daemon":      {mails: []mail{{"Failed", probe(probeID, "check")}}, inbox: []string{}},
		"delivered twice":              {mails: []mail{{"INBOX", probe(probeID, "check")}, {"INBOX", probe(probeID, "check")}, {"Processed", probe(probeID, "check")}}, inbox: []string{}},
		"another has a longer id":      {mails: []mail{{"INBOX", probe("re."+probeID, "longer")}, {"INBOX", probe(probeID, "check")}}, inbox: []string{"longer"}},
		"a server that cannot expunge": {opt: imaptest.Options{Without: []string{"UIDPLUS"}}, mails: []mail{{"INBOX", probe(probeID, "check")}}, inbox: []string{`check \Deleted`}},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, test.opt)
			o.makeFolders(t, "Processed", "Failed")
			for _, m := range test.mails {
				if _, err := o.server.Append(user, m.folder, []byte(m.raw), firstStart); err != nil {
					t.Fatal(err)
				}
			}
			header, err := Collect(t.Context(), o.account, probeID, time.Minute, time.Millisecond)
			want, _, _ := strings.Cut(probe(probeID, "check"), "Only")
			if err != nil || string(header) != want {
				t.Errorf("header %q, %v; want %q", header, err, want)
			}
			o.wantFolder(t, "INBOX", test.inbox...)
			for _, folder := range []string{"Processed", "Failed"} {
				if left, err := o.server.List(user, folder); err == nil && len(left) > 0 {
					t.Errorf("%d mails are left in %s", len(left), folder)
				}
			}
		})
	}
}

// makeFolders makes folders as a daemon does.
func (o *office) makeFolders(t *testing.T, names ...string) {
	t.Helper()
	opt := o.opt.withDefaults()
	c, err := connect(t.Context(), &o.account, &opt)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	if err := c.login(t.Context(), &o.account, ""); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := c.create(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCollectWaits delivers the mail when the folder has been looked through for the second time.
func TestCollectWaits(t *testing.T) {
	o := newOffice(t, imaptest.Options{})
	delivered := make(chan error, 1)
	go func() {
		err := o.server.Await(t.Context(), "UID SEARCH", 2)
		if err == nil {
			_, err = o.server.Append(user, "INBOX", []byte(probe(probeID, "check")), firstStart)
		}
		delivered <- err
	}()
	header, err := Collect(t.Context(), o.account, probeID, time.Minute, time.Millisecond)
	if failed := <-delivered; header == nil || err != nil || failed != nil {
		t.Errorf("header %q, %v, %v", header, err, failed)
	}
}

func TestCollectSaysWhy(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*office)
		read  bool // the header comes nevertheless
		is    func(error) bool
	}{
		"it does not come": {func(*office) {}, false, func(err error) bool { return errors.Is(err, ErrNotArrived) }},
		"no such folder": {func(o *office) { o.account.Folder = "Support" }, false, func(err error) bool {
			var setup *SetupError
			return errors.As(err, &setup) && setup.Step == StepFolder
		}},
		"the connection breaks": {func(o *office) { o.server.Inject(imaptest.Fault{Verb: "UID SEARCH", Do: imaptest.Drop}) }, false, func(err error) bool {
			return err != nil && !errors.Is(err, ErrNotArrived)
		}},
		"it may not be deleted": {func(o *office) {
			o.server.Append(user, "INBOX", []byte(probe(probeID, "check")), firstStart)
			o.server.Inject(imaptest.Fault{Verb: "UID STORE", Do: imaptest.No, Text: "[NOPERM] read only"})
		}, true, func(err error) bool { _, no := answered(err); return no }},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, imaptest.Options{})
			test.spoil(o)
			header, err := Collect(t.Context(), o.account, probeID, time.Millisecond, time.Millisecond)
			if !test.is(err) || test.read != (header != nil) {
				t.Errorf("header %q, error %v", header, err)
			}
		})
	}
}

// TestCarries is what keeps Collect from deleting what an inexact search names.
func TestCarries(t *testing.T) {
	for header, want := range map[string]bool{
		"Subject: x\r\nMessage-ID: <" + probeID + ">\r\n\r\n":    true,
		"message-id:\r\n\t<" + probeID + ">\r\n\r\n":             true,
		"Message-ID: <x@corp.example>\r\n <" + probeID + ">\r\n": false,
		"References: <" + probeID + ">\r\n\r\n":                  false,
		"Subject: Message-ID: <" + probeID + ">\r\n\r\n":         false,
		"": false,
	} {
		if got := carries([]byte(header), probeID); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}
