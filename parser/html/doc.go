// Package html turns the HTML of a mail into plain text that reads like a letter: paragraphs, lists, table rows with
// their cells side by side, links with their targets, and quotes as "> " lines, so that what finds replies in plain
// text finds them here as well.
//
// Only text comes out, so nothing active or remote can survive; what the mail hides from its reader (preheaders,
// zero-size tricks) is dropped. It is one pass over the tokens without recursion and without a tree: mail is rarely
// well-formed, and nesting of any depth costs nothing.
//
// It imports nothing of ours.
package html
