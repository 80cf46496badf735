// Package templates holds the words of every mail that the desk writes: one mail-shaped Markdown file per kind of
// notice and language, a Subject line, a blank line and the body. Render makes a subject, a text and an HTML page
// of one.
//
// What people wrote is data: every Text is escaped where a template prints it, so nothing in a mail can become
// Markdown, HTML, a header field or template code. The HTML needs no image and nothing remote, reads at 320 px and
// in dark mode, and stays under 60 KB; the text stays below 78 columns, with a Chinese character counted as two.
// The same Data always renders to the same bytes.
//
// It imports tickets, for the words that templates speak of, and tickets/thread: the subject tag and the footer
// line are a contract with one owner, and here is where they become part of a mail's text.
//
// Standards: CommonMark with GFM; RFC 5322 2.1.1 (line lengths); WCAG 2.1 AA (contrast).
package templates
