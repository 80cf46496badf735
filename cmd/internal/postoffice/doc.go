// Package postoffice is the mail server of a small company on loopback: people and the desk have accounts, hand mail over
// by SMTP and find it by IMAP. `maildesk demo` and the stories of cmd/maildesk run on it.
//
// It may import mailin/imaptest, mailout and smtptest, parser and tickets. A mail lies in its INBOX before its sender hears
// that it was taken. Trace fields are RFC 5321 4.4, Authentication-Results RFC 8601, delivery reports RFC 3464; a button is
// a mailto link (RFC 6068).
package postoffice
