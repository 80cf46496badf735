// Package demo is maildesk at work on one machine: a post office with real IMAP and SMTP, people who write
// to the desk with clients of their own, the very code of serve between them, and a story that is played and checked
// step by step.
//
// It may import everything but cmd/maildesk. Mails go the whole way: a person's client hands them over by SMTP, the post
// office appends them to an INBOX, the desk takes them by IMAP and answers by SMTP, and the person's client hears of the
// answer by IMAP IDLE. Nothing is waited for by time alone: each step waits for the mail that it is about, with a
// deadline.
//
// The story is in story.go and its mails are in mails; whoever adds a chapter should need no other file. Its verbs are in
// steps.go, conversation.go and checks.go. When its context ends before the story, the demo ends with ErrStopped.
package demo
