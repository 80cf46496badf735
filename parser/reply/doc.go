// Package reply separates what the author of a mail wrote just now from what was quoted and from the signature, and
// finds the mail that a person passed on.
//
// It reads plain reading text: a text/plain body, or HTML that was turned into Markdown-like text (blockquotes as
// "> ", rules as "---" or "* * *", bold labels as "**From:**"). It is pure and imports tickets/thread only, for the
// footer line of our own mails.
//
// What it guarantees: every line of the text is in exactly one of new text, quote and signature; new text is empty
// only when the text is; the work is linear in the text's length. Where it is in doubt it keeps a line as new
// text, for an eaten answer is dearer than a quote too many.
//
// classify.go holds the whole decision; the tables of words stand in the *_words.go files, so that a language or a client
// is added by a word and a test case.
//
// Conventions followed: signature separator "-- " and ">" quoting (RFC 3676 4.3, 4.5); everything else is the habit of
// mail clients.
package reply
