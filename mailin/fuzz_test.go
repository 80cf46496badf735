package mailin

import (
	"bufio"
	"bytes"
	"context"
	"log/slog"
	"net"
	"regexp"
	"testing"
	"time"
)

// transcript is a server's part in a session with two mails. Each command of the client gets the lines up to one that
// begins with its tag, or with "+".
const transcript = `* OK [CAPABILITY IMAP4rev1 ID IDLE MOVE UIDPLUS NAMESPACE] ready
T1 OK [CAPABILITY IMAP4rev1 ID IDLE MOVE UIDPLUS NAMESPACE] logged in
* ID ("name" "server")
T2 OK done
* NAMESPACE (("" "/")) NIL NIL
T3 OK done
* LIST () "/" Processed
T4 OK done
T5 OK done
T6 NO [ALREADYEXISTS] there
T7 OK done
* 2 EXISTS
* OK [UIDVALIDITY 7] ok
* OK [UIDNEXT 12] ok
T8 OK [READ-WRITE] selected
* SEARCH 10 11
T9 OK done
* 1 FETCH (UID 10 INTERNALDATE "15-Nov-2023 10:00:00 +0800" RFC822.SIZE 13)
* 2 FETCH (UID 11 INTERNALDATE "15-Nov-2023 11:00:00 +0800" RFC822.SIZE 13)
T10 OK done
* 1 FETCH (UID 10 BODY[] {13}
A: b

one
)
* 2 FETCH (UID 11 BODY[] {13}
A: b

two
)
T11 OK done
T12 OK done
* OK [COPYUID 8 10,11 1,2] ok
* 2 EXPUNGE
* 1 EXPUNGE
T13 OK done
+ idling
* 1 EXISTS
T14 OK done
`

// FuzzServer lets a server say anything. Whatever it says, the session ends soon after the connection, without a panic.
func FuzzServer(f *testing.F) {
	for _, seed := range []string{
		transcript,
		"* BYE too many\n",
		"* PREAUTH hello\nT1 OK\n* ESEARCH (TAG \"T2\") UID ALL 1:4294967295\nT2 OK done\n",
		"* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready\n",
		"* OK [CAPABILITY IMAP4rev1] ready\nT1 NO [AUTHENTICATIONFAILED] no\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		if endless.Match(said) {
			t.Skip()
		}
		converse(t, said)
	})
}

// endless is what sends go-imap's reader into a loop that no closing of the connection ends: it takes a parenthesis for
// one more separator of capabilities, again and again.
var endless = regexp.MustCompile(`(?i)CAPABILITY[^\r\n]*\(`)

// TestTranscript makes sure that the seed of FuzzServer is a whole session.
func TestTranscript(t *testing.T) {
	rows := converse(t, []byte(transcript)).order
	if len(rows) != 2 || rows[1].body != "A: b\r\n\r\ntwo\r\n" || !rows[1].acknowledged {
		t.Errorf("the ledger has %+v", rows)
	}
}

// converse has a session with a server that says something and hangs up.
func converse(t *testing.T, said []byte) *ledger {
	ours, theirs := net.Pipe()
	go play(theirs, said)
	opt := Options{Silence: 100 * time.Millisecond, Log: slog.New(slog.DiscardHandler)}.withDefaults()
	account := (&Account{
		Name: user, Username: user, Processed: "Processed", Failed: "Failed", Poll: 5 * time.Millisecond, SpoolDir: t.TempDir(),
		Password: func(context.Context) (string, error) { return secret, nil },
	}).withDefaults()
	l := newLedger()
	w := &watcher{account: account, desk: l, opt: opt, log: opt.Log}
	s := &session{watcher: w, conn: &conn{wire: &wire{Conn: ours}, silence: opt.Silence, wake: make(chan struct{}, 1)}}
	defer s.conn.close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	err := s.conn.do(ctx, "greet", func() error { return s.conn.greet(&account, insecure) })
	if err == nil {
		err = s.work(ctx)
	}
	w.abandon(ctx)
	if err == nil || ctx.Err() != nil {
		t.Errorf("the session ended with %v", err)
	}
	return l
}

// play says its part line by line, as commands come in, and hangs up at its end.
func play(c net.Conn, said []byte) {
	defer c.Close()
	heard := bufio.NewScanner(c)
	for line := range bytes.Lines(bytes.ReplaceAll(said, []byte("\n"), []byte("\r\n"))) {
		if _, err := c.Write(line); err != nil {
			return
		}
		greeting := bytes.HasPrefix(line, []byte("* OK [CAPABILITY")) || bytes.HasPrefix(line, []byte("* PREAUTH"))
		if (greeting || line[0] == 'T' || line[0] == '+') && !heard.Scan() {
			return
		}
	}
}
