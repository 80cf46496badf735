// Package parser turns the bytes of a mail into their meaning: who wrote it, what they wrote just now, what they
// quoted, what kind of mail it is, which proofs of origin it carries and which tickets it names.
//
// It is pure: no clock, no network, no files but the mail it is given, and the same bytes always give the same
// Message. It never fails on a strange mail; what it had to guess or leave out stands in Message.Warnings.
//
// It imports tickets/thread (how a number, a token and a footer are written) and its own subpackages, nothing else
// of ours.
//
// Standards: RFC 5322 (message), 2045–2049 (MIME), 2047 and 2231 (encoded words and parameters), 3462 and 3464
// (reports), 3834 (automatic responses), 2369 and 2919 (lists), 8601 (Authentication-Results), 5256 (base subject).
package parser
