package mailout

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"time"
)

// Report is what Check found.
type Report struct {
	Address  string        // host:port
	TLS      string        // such as TLS 1.3, "" without
	Login    string        // mechanism, "" without
	SMTPUTF8 bool          // whether addresses beyond ASCII can be written to
	Took     time.Duration // the whole dialogue
}

// Check tries the server as far as it goes without sending a mail: connection, TLS, log-in, and whether it takes
// sender. The error says what to change.
func Check(ctx context.Context, server Server, sender string) (Report, error) {
	e, err := server.endpoint()
	if err != nil {
		return Report{}, err
	}
	report, begun := Report{Address: e.address}, time.Now()
	timeouts := Timeouts{Command: 30 * time.Second}.orDefault()
	s, err := connect(ctx, server, timeouts)
	if err != nil {
		return report, advised(e, err)
	}
	defer s.quit(ctx)
	if state, ok := s.client.TLSConnectionState(); ok {
		report.TLS = tls.VersionName(state.Version)
	}
	report.Login = s.login
	report.SMTPUTF8, _ = s.client.Extension("SMTPUTF8")
	s.client.SkipSMTPUTF8(true)
	if err := s.command(ctx, func() error { return s.client.Mail("<" + sender + ">") }); err != nil {
		return report, advised(e, newFault(StageSender, err))
	}
	if err := s.reset(ctx); err != nil {
		return report, advised(e, newFault(StageSender, err))
	}
	report.Took = time.Since(begun)
	return report, nil
}

// advised adds the remedy to an error.
func advised(e endpoint, err error) error {
	var fault *Fault
	if !errors.As(err, &fault) {
		return fmt.Errorf("smtp %s: %w", e.address, err)
	}
	return fmt.Errorf("smtp %s: %w; %s", e.address, err, fault.Fix())
}
