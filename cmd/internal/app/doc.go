// Package app puts the parts of maildesk together: it is the one place where the mailboxes, the intake, the due work, the
// store, the outbox and the health page know of one another. serve, demo, deliver and import all run what is wired here.
//
// It may import everything but cmd/maildesk. It guarantees the shutdown order (mailboxes, intake and due work, outbox, store) and
// that one daemon alone uses a data folder.
package app
