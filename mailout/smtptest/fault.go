package smtptest

import (
	"strings"
	"time"

	"github.com/emersion/go-smtp"
)

// Verb is a moment of the dialogue at which a fault can happen.
type Verb string

// The moments.
const (
	Connect Verb = "CONNECT" // in place of the greeting
	Ehlo    Verb = "EHLO"
	Auth    Verb = "AUTH"
	Mail    Verb = "MAIL"
	Rcpt    Verb = "RCPT"
	Data    Verb = "DATA" // after the final dot, before the mail is taken
	Dot     Verb = "DOT"  // after the final dot, when the mail has been taken
)

// Fault is what goes wrong at a moment. With a Code it is answered, with Hang never, with Drop by the end of the
// connection; with Delay alone it is only slow.
type Fault struct {
	At    Verb
	To    string // only for mail to this recipient; at Rcpt, Data and Dot
	Times int    // how often, 0 is always
	Code  int    // reply code, such as 450
	Text  string // of the reply, beginning with the enhanced code
	Hang  bool
	Drop  bool
	Delay time.Duration
}

// Fail adds faults to the script; the first that fits is played.
func (s *Server) Fail(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, fault := range faults {
		s.faults = append(s.faults, &fault)
	}
}

// Mend takes all faults away.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// next returns the fault that is due at a moment, or nil.
func (s *Server) next(at Verb, recipient string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, fault := range s.faults {
		if fault.At != at || fault.To != "" && fault.To != recipient {
			continue
		}
		if fault.Times == 1 {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
		} else if fault.Times > 1 {
			fault.Times--
		}
		played := *fault
		return &played
	}
	return nil
}

// wait holds a fault's delay, or until the server is closed.
func (s *Server) wait(fault *Fault) {
	if fault.Hang {
		<-s.closed
		return
	}
	if fault.Delay > 0 {
		select {
		case <-time.After(fault.Delay):
		case <-s.closed:
		}
	}
}

// reply is the fault as go-smtp answers it, nil when the dialogue goes on.
func (f *Fault) reply() error {
	if f.Code == 0 {
		return nil
	}
	code, text := smtp.NoEnhancedCode, f.Text
	var parsed smtp.EnhancedCode
	if first, rest, _ := strings.Cut(f.Text, " "); parseEnhanced(first, &parsed) {
		code, text = parsed, rest
	}
	return &smtp.SMTPError{Code: f.Code, EnhancedCode: code, Message: text}
}

func parseEnhanced(text string, code *smtp.EnhancedCode) bool {
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return false
	}
	for i, part := range parts {
		for _, digit := range part {
			if digit < '0' || digit > '9' {
				return false
			}
			code[i] = code[i]*10 + int(digit-'0')
		}
	}
	return true
}
