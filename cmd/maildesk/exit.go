package main

import (
	"errors"
	"fmt"
	"io"

	"maildesk/cmd/internal/config"
)

// The exit codes.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitTryAgain = 75 // EX_TEMPFAIL of sysexits: a mail system keeps the mail and comes back
)

// exitError ends a command with a code other than exitFailed, or without a word.
type exitError struct {
	code int
	err  error // nil when the command has said what is wrong
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// errReported ends a command that failed and has said why.
var errReported = &exitError{code: exitFailed}

// report prints a command's error, unless that was done, and returns the exit code.
func report(err error, stderr io.Writer) int {
	if err == nil {
		return exitDone
	}
	code := exitFailed
	var exit *exitError
	if errors.As(err, &exit) {
		code = exit.code
	}
	if exit == nil || exit.err != nil {
		printError(err, stderr)
	}
	return code
}

func printError(err error, stderr io.Writer) {
	var problems config.Errors
	if errors.As(err, &problems) {
		fmt.Fprintln(stderr, problems) // each line names its file
		return
	}
	fmt.Fprintf(stderr, "maildesk: %v\n", err)
}
