// Package smtptest is an SMTP server in the process, on a loopback port: the next hop of tests, with scripted
// faults, and the post office of `maildesk demo`.
//
// It imports nothing of ours. It speaks what go-smtp speaks: RFC 5321, STARTTLS (3207), AUTH PLAIN (4954), SMTPUTF8
// (6531). It guarantees that a mail is in Mails before its sender hears that it was taken, and that Close ends every
// connection, also one that a fault keeps waiting.
package smtptest
