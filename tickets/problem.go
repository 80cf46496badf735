package tickets

import "fmt"

// Problem is why a mail could not be taken as it is.
type Problem struct {
	Kind   ProblemKind
	Size   int64  // bytes of the mail, 0 when not known
	Limit  int64  // bytes that the desk takes, for TooLarge
	Detail string // for technicians and the log, never for a requester
}

// ProblemKind tells problems apart.
type ProblemKind string

// The kinds of problems.
const (
	TooLarge    ProblemKind = "too_large"
	Unfetchable ProblemKind = "unfetchable" // the mail server does not hand it out
	Unreadable  ProblemKind = "unreadable"  // our reading of it failed
)

// String is the ledger's reason.
func (p Problem) String() string {
	switch {
	case p.Kind == TooLarge:
		return fmt.Sprintf("larger than the desk takes: %s, the limit is %s (desk.max_size)", mebibytes(p.Size), mebibytes(p.Limit))
	case p.Detail == "":
		return string(p.Kind)
	}
	return string(p.Kind) + ": " + p.Detail
}

// In says to a requester, in their language, what is wrong with their mail.
func (p Problem) In(lang Language) string {
	zh := lang == Chinese
	switch {
	case p.Kind == TooLarge && zh:
		return fmt.Sprintf("邮件大小为 %s，超过了服务台可接收的 %s", mebibytes(p.Size), mebibytes(p.Limit))
	case p.Kind == TooLarge:
		return fmt.Sprintf("it is %s, and the desk takes mails up to %s", mebibytes(p.Size), mebibytes(p.Limit))
	case zh:
		return "邮件内容无法读取"
	}
	return "its content could not be read"
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }
