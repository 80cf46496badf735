// Package mailout writes the desk's mail and hands it to the next server: Composer makes final bytes of a notice,
// Dispatcher sends the outbox over SMTP.
//
// It imports tickets, tickets/thread and templates, nothing else of ours; only it and smtptest speak SMTP. The store
// is the small interface Store.
//
// Standards: RFC 5322 (message), 2045–2047 (MIME), 3834 (automatic responses), 5321 (SMTP), 3207 (STARTTLS), 4954
// (AUTH), 3463 (enhanced status codes), 6531 and 6532 (addresses beyond ASCII), 5890 (domains beyond ASCII).
//
// It guarantees: composing never fails, and gives the same bytes for the same notice; a mail keeps its bytes and its
// Message-ID at every attempt; at most four mails are in flight, so a crash resends no more than four; a fault of one
// recipient is charged to that mail alone, a fault of the connection, the log-in or the sender to none; no wait on
// the network is without an end.
package mailout
