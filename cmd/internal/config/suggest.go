package config

import "strings"

// suggest returns the word among options that a typing error most likely meant, "" when none is near.
func suggest(word string, options []string) string {
	best, nearest := "", min(3, len(word)/2)+1
	for _, option := range options {
		if d := distance(strings.ToLower(word), strings.ToLower(option)); d < nearest {
			best, nearest = option, d
		}
	}
	return best
}

// distance is Levenshtein's: how many letters must be put in, left out or changed.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
