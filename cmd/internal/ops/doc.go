// Package ops is what an operator's machines ask of a running desk: /healthz (the process answers), /readyz (each part
// of the desk works, in a line each) and /metrics (for Prometheus). The parts report; nothing here looks for itself, so
// that a question from outside costs the desk nothing.
//
// It imports nothing of ours. It guarantees that a part that falls silent turns red as surely as one that fails, that
// no page holds a secret or a mail, and that every answer is bounded in time.
package ops
