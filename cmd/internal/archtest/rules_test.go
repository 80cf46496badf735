package archtest

// rule is what one package, or all packages below a folder ("parser/..."), may import of ours. A package without a
// rule is an error; the first rule that fits counts.
type rule struct {
	packages string
	may      []string // patterns: "tickets", "parser/..." (parser and all below it), "..." (everything)
	mayTest  []string // beside these, what its tests may import
}

// rules is the table of the design, from the edges inwards.
var rules = []rule{
	// cmd wires it all; of its inner packages only app, demo and the runs of the whole desk do.
	{packages: "cmd/maildesk", may: []string{"..."}},
	{packages: "cmd/internal/app", may: []string{"..."}},
	{packages: "cmd/internal/demo", may: []string{"..."}},
	{packages: "cmd/internal/postoffice", may: []string{"mailin/imaptest", "mailout/...", "parser", "tickets"}},
	{packages: "cmd/internal/e2e", may: []string{"..."}},
	{packages: "cmd/internal/bench", may: []string{"..."}},
	{packages: "cmd/internal/archive"},
	{packages: "cmd/internal/config", may: []string{"tickets", "tickets/thread", "tickets/calendar"}},
	{packages: "cmd/internal/ops"},
	{packages: "cmd/internal/archtest"},
	{packages: "cmd/internal/oauth"},
	{packages: "cmd/internal/directory", may: []string{"tickets"}},
	{packages: "cmd/internal/oncall", may: []string{"tickets"}},

	// The edges: mail in and mail out. Neither knows the other.
	{packages: "mailin", mayTest: []string{"mailin/imaptest"}},
	{packages: "mailin/imaptest"},
	{packages: "mailout", may: []string{"tickets", "tickets/thread", "templates"},
		mayTest: []string{"mailout/smtptest", "parser/...", "tickets/sqlite/..."}},
	{packages: "mailout/smtptest"},
	{packages: "templates", may: []string{"tickets", "tickets/thread"}},

	// Bytes to meaning.
	{packages: "parser/command", may: []string{"parser/...", "tickets", "tickets/thread"}},
	{packages: "parser/form", may: []string{"parser/...", "tickets", "tickets/thread"}},
	{packages: "parser/...", may: []string{"parser/...", "tickets/thread"}},

	// The domain.
	{packages: "tickets/thread"},
	{packages: "tickets/calendar"},
	{packages: "tickets", may: []string{"tickets/thread", "tickets/calendar"}},
	{packages: "tickets/intake", may: []string{"tickets", "tickets/thread", "tickets/triage", "tickets/knowledge", "parser/..."},
		mayTest: []string{"tickets/sqlite/...", "mailout", "templates"}},
	{packages: "tickets/timers", may: []string{"tickets", "tickets/calendar", "tickets/report"},
		mayTest: []string{"tickets/sqlite/...", "mailout", "templates", "tickets/thread"}},
	{packages: "tickets/triage", may: []string{"tickets"}},
	{packages: "tickets/knowledge", may: []string{"tickets"}, mayTest: []string{"tickets/sqlite/..."}},
	{packages: "tickets/report", may: []string{"tickets"}, mayTest: []string{"tickets/sqlite/..."}},

	// The store.
	{packages: "tickets/sqlite/...", may: []string{"tickets/sqlite/...", "tickets", "tickets/thread", "tickets/knowledge", "tickets/report"},
		mayTest: []string{"tickets/intake", "tickets/timers", "mailout", "parser/..."}}, // whose slices of Tx it satisfies
}

// ownership names the packages that alone may import a library, in tests too.
type ownership struct {
	library string // and all below it
	owners  []string
}

var owned = []ownership{
	{"github.com/emersion/go-imap", []string{"mailin", "mailin/imaptest"}},
	{"github.com/wneessen/go-mail", []string{"mailout", "mailout/smtptest"}},
	{"github.com/emersion/go-smtp", []string{"mailout", "mailout/smtptest"}},
	{"net/smtp", []string{"mailout", "mailout/smtptest"}},
	{"database/sql", []string{"tickets/sqlite/..."}},
	{"modernc.org", []string{"tickets/sqlite/..."}},
	{"github.com/BurntSushi/toml", []string{"cmd/internal/config"}},
	{"github.com/alecthomas/kong", []string{"cmd/maildesk"}},
	{"github.com/prometheus", []string{"cmd/internal/ops"}},
}

// pure packages do not touch the world: what they say depends on their arguments alone. Their tests may read files.
var pure = []string{"parser/...", "templates", "tickets/intake", "tickets/triage", "tickets/calendar"}

// world is what a pure package may not import.
var world = []string{"os", "os/exec", "net", "net/http", "path/filepath", "math/rand", "math/rand/v2", "crypto/rand"}

// clockless packages get their now from the caller.
var clockless = []string{"parser/...", "templates", "tickets", "tickets/thread", "tickets/calendar", "tickets/intake", "tickets/triage",
	"tickets/timers", "tickets/knowledge", "tickets/report"}

// The shape of a source file (not of a test).
const (
	maxFunctionLines = 80
	maxFileLines     = 400
)
