// Package answer tells what a requester's plain words mean when he answers one of our mails: solved, not solved, mere
// politeness, a score, or anything else. Read answers to a resolution and to a ticket, ReadSurvey answers to the survey;
// which mail was answered, and what follows from it, is the caller's to decide.
//
// How it reads. The text is cut into atoms (a Han character, a word, a sign), atoms into clauses at punctuation, line
// ends and words like 但是, "but". The longest phrases of the tables in words_zh.go and words_en.go give each clause its
// words; clause.go says by a few rules what one clause means, weigh.go what all of them mean together. A wording that
// is missing is added to a table with a case in the test.
//
// A wrong Solved closes a ticket, so it is the worst error, a wrong Unsolved the second; everything in doubt is Other and
// is asked about. Solved therefore needs a clause that is known word for word but for its subject, and no doubt,
// question, trouble or "but" anywhere beside it. What is merely unknown is taken for details
// on the lines below, and for a doubt on the same line.
//
// It is pure and imports tickets/thread only. It looks at no more than the first 16 KiB; the work is linear in them.
package answer
