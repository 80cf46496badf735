// Package imaptest is an IMAP server in the same process, on a loopback port: the post office of tests and of
// `maildesk demo`. It speaks real IMAP4rev1 over a real socket (go-imap's server with its memory store), so whatever
// passes here has passed through a protocol, and any mail client can join.
//
// Faults can be put in its way: a refused command, a silent one, a connection that ends in the middle of a literal, a
// malformed answer, a wrong size, a slow line, a new UIDVALIDITY. They act on the bytes between client and
// server, above TLS, but below STARTTLS, after which only the line's speed can still be changed.
//
// Everything is in memory and gone with Close. It imports nothing of maildesk.
package imaptest
