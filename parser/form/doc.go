// Package form reads and writes the registration form (问题反馈登记表): "字段: 值" lines in Chinese and English, filled in by
// hand, in a table, or inside the quote of the mail that brought the empty form. Blank writes the empty one, so that
// what the desk sends is what it reads.
//
// The keys are DOMAIN.md's fields in English. Values stay as written, but occurred_at is RFC 3339 where it could be
// resolved; command.ReadSeverity and its kin read the others. A form may hold fields that only IT fills in: what its
// writer may change is decided elsewhere.
//
// It imports parser/form/moment, tickets (for its words only) and tickets/thread. It is pure, never fails, and takes
// time in proportion to the text.
package form
