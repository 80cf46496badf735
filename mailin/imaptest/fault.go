package imaptest

import (
	"strconv"
	"strings"
)

// Effect is what a Fault does.
type Effect int

// The effects. The first five act when the command arrives, in its stead; the others on the server's answer.
const (
	No          Effect = iota // answers NO with Text
	Bad                       // answers BAD with Text
	Hang                      // never answers, and hears nothing any more on this connection
	Drop                      // ends the connection
	Bye                       // says BYE and ends the connection
	CutLiteral                // ends the connection after Bytes bytes of the literal in the answer about UID
	Malform                   // makes the answer about UID one that no client can read
	Misstate                  // gives RFC822.SIZE of UID as Bytes
	LoseLiteral               // answers NIL in place of the literal about UID, which must be the last item
)

// Greeting is the verb of faults that act before any command: only Hang, Drop and Bye fit.
const Greeting = "GREETING"

// Fault is something that goes wrong at a command.
type Fault struct {
	Verb  string // in capitals, "UID FETCH" for the UID forms, "DONE" for the end of an IDLE; "" = any that has UID
	Items string // only where the command line contains this, like "BODY.PEEK[]"; "" = always
	UID   uint32 // only where the command's UID set includes it; 0 = any
	Times int    // how often it happens, then it is gone; 0 = always
	Do    Effect
	Text  string // for No and Bad: response code and text; for Bye: text
	Bytes int64  // for CutLiteral and Misstate
}

// Inject adds a fault. Of several that fit, the one added first acts.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// Heal takes all faults away.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// fault finds the fault for a command, or for its answer about uid, and counts it as happened.
func (s *Server) fault(c command, answer bool, uid uint32) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if f.onAnswer() != answer || !f.fits(c) || answer && f.UID != 0 && f.UID != uid {
			continue
		}
		happened := *f
		if f.Times--; f.Times == 0 {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
		}
		return happened, true
	}
	return Fault{}, false
}

func (f *Fault) onAnswer() bool { return f.Do >= CutLiteral }

func (f *Fault) fits(c command) bool {
	return (f.Verb == c.verb || f.Verb == "" && f.UID != 0) &&
		strings.Contains(c.line, f.Items) &&
		(f.UID == 0 || c.concerns(f.UID))
}

// command is a line of the client.
type command struct {
	tag, verb, line string
}

// parseCommand reads tag and verb. A line that is no command, as in the middle of AUTHENTICATE, has no verb.
func parseCommand(line string) command {
	fields := strings.Fields(line)
	switch {
	case len(fields) == 1 && strings.EqualFold(fields[0], "DONE"):
		return command{verb: "DONE", line: line}
	case len(fields) < 2:
		return command{line: line}
	}
	verb := strings.ToUpper(fields[1])
	if verb == "UID" && len(fields) > 2 {
		verb += " " + strings.ToUpper(fields[2])
	}
	return command{tag: fields[0], verb: verb, line: line}
}

// concerns reports whether a UID command's set includes uid.
func (c command) concerns(uid uint32) bool {
	fields := strings.Fields(c.line)
	if len(fields) < 4 || !strings.HasPrefix(c.verb, "UID ") {
		return false
	}
	for part := range strings.SplitSeq(fields[3], ",") {
		from, to, isRange := strings.Cut(part, ":")
		if !isRange {
			to = from
		}
		low, high := bound(from), bound(to)
		if min(low, high) <= uid && uid <= max(low, high) {
			return true
		}
	}
	return false
}

// bound reads one end of a UID range; "*" is taken as beyond all.
func bound(s string) uint32 {
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return ^uint32(0)
	}
	return uint32(n)
}

// credentials are cut off before a line is shown to anyone.
func (c command) shown() string {
	if c.verb == "LOGIN" || c.verb == "AUTHENTICATE" {
		return c.tag + " " + c.verb
	}
	return strings.TrimRight(c.line, "\r\n")
}
