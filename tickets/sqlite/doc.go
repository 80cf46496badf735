// Package sqlite keeps the desk in one SQLite file: tickets, people, the ledger of mails with their bytes, the outbox.
// It is the only package with SQL in it.
//
// Store.Update is the one way to write. Its Tx has the methods that tickets/intake and mailout ask for in their own
// Tx interfaces; both are checked in a test. Readers run beside the writer and see what is committed.
//
// The statements stand in queries/*.sql, each under a "-- name:" line, the schema in migrations/*.sql. Both are plain
// SQL where plain SQL serves, so that a second store can follow; the tests that it would have to pass are those in
// contract_*_test.go.
//
// It imports tickets, and modernc.org/sqlite (no cgo) below database/sql/driver.
//
// It guarantees that what Update has committed survives the loss of power (WAL, synchronous=FULL), that a transaction
// that met an error of the environment is not committed, that a number once committed is never given again, and that
// of a mail that comes in, however big, no more than a few MiB are in memory, unless RawOf is asked for all of it.
package sqlite
