// Package thread holds what ties a mail to its ticket: the number, the token, the subject tag, the footer line and
// the names of our header fields. mailout writes them; parser and intake read them.
//
// It is a leaf: it imports nothing of ours. What it writes is a contract, for mail lives for years in people's
// mailboxes.
package thread
