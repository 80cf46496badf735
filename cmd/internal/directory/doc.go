// Package directory knows the staff: names, numbers, departments, telephones and languages, from a CSV file that is
// read again when it changes.
//
// It may import tickets.
package directory
