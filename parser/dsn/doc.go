// Package dsn reads delivery reports: what a mail system writes back when it could not, could not yet, or did deliver
// a mail. Read tells such a report from all other mail and says which recipient it is about, what became of the mail
// (RFC 3464 2.3.3), with which status (RFC 3463), and which Message-ID the returned mail had.
//
// It knows the standard form (RFC 3462, 3464) also where a server writes it wrongly: groups that run together, fields
// in text/plain, a status that stands in the diagnostic alone. And it knows the forms from before the standard, in
// which only the wording tells: postfix, sendmail, exim, qmail, courier, Exchange and Microsoft 365, Domino,
// GroupWise, Gmail, Yahoo, QQ, NetEase, Alibaba and many more. They are not told apart by name; a report is a mail
// whose sender is a machine and whose words say that a mail came back, and both are needed. So a person
// who forwards a report, or writes about one, is still a person.
//
// Abuse complaints (ARF, RFC 5965) and read receipts (MDN, RFC 8098) are no delivery reports.
//
// It is pure, imports nothing of ours, never fails, and takes time linear in its input: it looks at no more than the
// first 256 KiB of each part, and at 64 KiB of wording.
package dsn
