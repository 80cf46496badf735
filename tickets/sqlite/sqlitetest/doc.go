// Package sqlitetest opens stores for tests: real ones, in a folder that goes away with the test.
//
// It may import tickets/sqlite.
package sqlitetest
