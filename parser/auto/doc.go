// Package auto tells what kind of sender stands behind a mail: a person, a machine that answered for a person, a machine
// that wrote by itself, a mailing list, or a calendar. Judge gives the kind and the reason in words.
//
// It is asked after package dsn: delivery reports are told there. What it knows, the surest first: the loop field of
// another help desk; the report types of RFC 3462; the marks of RFC 3834 and those in use beside it; the wording of
// auto-replies that carry no mark at all, as Outlook, Exchange, QQ, NetEase, DingTalk and Feishu send them, in the
// languages that these speak; the fields of a list (RFC 2369, 2919); the method of an invitation (RFC 6047 2.4).
//
// Where it is in doubt the mail is a person's: a needless confirmation is cheaper than a lost request. A word alone
// never makes a machine; it must stand where only a machine puts it. So a person may write about automatic replies,
// be on holiday and say so, or pass a robot's mail on.
//
// It is pure, imports tickets/thread only, for the name of our own loop field, and looks at no more than the first
// 4 KiB of the text.
package auto
