// Package mailin brings mail from IMAP: it watches a mailbox, keeps its place, hands each mail over as bytes, and tells
// the server what became of it. It knows nothing of tickets and imports nothing of maildesk; who takes the mail is a
// Desk, declared here.
//
// What it guarantees:
//   - Each UID of the folder is handed over until the desk has committed it, and nothing changes on the server before.
//     What the desk lacks is found by comparing all UIDs with its ledger at each session's start and once a night, so
//     that neither a crash nor a flag set by somebody else hides a mail.
//   - A mail that cannot be fetched does not stop the next one, and a failing network is not blamed on a mail.
//   - Every step on the network is bounded: the connection is closed when the server is silent for too long.
//   - A mail above 1 MiB is not held in memory.
//
// It follows RFC 9051 and RFC 3501 (IMAP), 2177 (IDLE), 2971 (ID), 4315 (UIDPLUS), 5530 (response codes), 6851 (MOVE),
// 2342 (NAMESPACE), 8314 (TLS). Only this package and imaptest use go-imap. Of the library's client it avoids what has
// been seen to fail: ENVELOPE and BODYSTRUCTURE, whose malformed answers end the connection; MOVE without the
// capability, which deletes mail that was not copied; its absolute read deadlines, which end a big mail on a thin line.
package mailin
