// Command maildesk is an IT help desk that lives in a mailbox.
//
// This package turns a command line into a call and an error into an exit code; what is done is done elsewhere. It may
// import everything.
//
// # A command
//
// Each command is a struct in a file of its own, named after it. Its fields are its flags and arguments (kong's tags),
// and it has one method, which kong calls with what it asks for:
//
//	// ticketListCmd is "maildesk ticket list".
//	type ticketListCmd struct {
//		configFlag
//		JSON bool `help:"Print one JSON array."`
//	}
//
//	func (c *ticketListCmd) Run(ctx context.Context, g *globals) error {
//		desk, err := c.load(g)
//		…
//	}
//
// It is then named in the commands struct (commands.go), which is the order of the help page. Names of files among flags
// and arguments carry the tag complete:"file", for the shells' completion.
//
//   - It reads the world from globals alone: streams, environment, clock, log. It never touches os.Stdout or time.Now.
//   - Machine output goes to stdout; logs, progress and errors to stderr.
//   - It returns its error; run prints it once. The exit code is 1, or that of an exitError: exitUsage for what only a
//     look at the command line tells, exitTryAgain where the caller should come back (deliver). An exitError without
//     an error in it ends a command that has already said what was wrong.
//   - ctx ends at SIGINT and SIGTERM.
//
// # Tests
//
// testdata/script has one story a file; they run the real main through testscript and read as the manual.
package main
