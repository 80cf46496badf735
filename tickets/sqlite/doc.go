// Package sqlite keeps a desk in one SQLite file: tickets, entries, people, the ledger with the raw mails, and the
// outbox. It is the only package with SQL in it.
//
// It imports tickets and tickets/thread. It satisfies the slices of a transaction that intake and mailout declare, and is
// written so that another database could stand beside it under the same tests: plain SQL where plain SQL serves,
// claims by ON CONFLICT DO NOTHING, nothing decided by a caught error.
//
// It guarantees one writer at a time, also across processes (BEGIN IMMEDIATE); that what Update has committed survives
// a power cut (WAL, synchronous=FULL); and that no mail is held in memory whole, however big.
package sqlite
