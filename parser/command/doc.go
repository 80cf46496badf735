// Package command reads the commands that people write at the top of a mail: lines that begin with #, in Chinese or
// English, from any client. One table of verbs (table.go) says what there is, who may use it and what it takes;
// parsing, permission, help and documentation all come from it.
//
// Parse splits a mail's new text into commands, what could not be understood, and the message; ParseNumbered does so where
// a list with numbered lines is answered ("1-14 close no answer"). They judge nothing: who may do what, on which ticket, and
// which ticket stands on a line, is decided by their reader. ReadScore, ReadCategory, ReadPeople and the like read what
// a command takes; moment.Length, moment.When and moment.Due read the times.
//
// It imports tickets (for its words only), tickets/thread and parser/form/moment. It is pure, never fails, and takes
// time in proportion to the text.
package command
