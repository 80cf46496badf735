// Package parser turns the bytes of a mail into their meaning: who wrote it, what they wrote just now, what they
// quoted, what kind of mail it is, which proofs of origin it carries and which tickets it names.
//
// It is pure: no clock, no network, no files but the mail it is given, and the same bytes always give the same
// Message. It never fails on a strange mail; what it had to guess or leave out stands in Message.Warnings.
//
// One pass over the lines of a mail finds its parts as places in the source; headers and texts are held in memory,
// attachments are streamed. So a mail may lie in a file, and one of 50 MB takes no more memory than its texts (an
// opaque S/MIME or winmail.dat part is the exception: it is decoded whole).
//
// How the rest is laid out: source and tree (bytes to parts), header, mediatype, filename, address, date, subject and
// messageid (fields to values), decode and uu (transfer encodings), body, alternative, plain, calendar, tnef, smime
// and attachment (parts to text and files), kind, trust, language and contentkey (what follows from them).
// charset, html and tnef are formats of their own; reply, dsn and auto are judgements on the text.
//
// It imports tickets/thread (how a number, a token and a footer are written) and its own subpackages, nothing else
// of ours.
//
// Standards: RFC 5322 (message), 2045–2049 (MIME), 2047 and 2231 (encoded words and parameters), 3462 and 3464
// (reports), 3834 (automatic responses), 2369 and 2919 (lists), 8601 (Authentication-Results), 5256 (base subject).
package parser
