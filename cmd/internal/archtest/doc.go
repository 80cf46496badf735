// Package archtest has only tests: they read the imports and the shape of every package of maildesk, and fail on what the
// design does not allow. A new arrow between packages is a new line in rules_test.go, argued in its commit.
//
// It imports nothing of ours.
package archtest
