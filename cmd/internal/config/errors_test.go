package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// in returns the minimal configuration with lines added to one of its sections.
func in(section, lines string) string {
	return strings.Replace(minimal, section+"\n", section+"\n"+lines+"\n", 1)
}

// and returns the minimal configuration with sections added.
func and(sections string) string { return minimal + sections }

const person = `
[[technician]]
name = "李伟"
address = "liwei@corp.example"
`

// TestEachError has one mistake a case; its error must be the only one. want is what follows "maildesk.toml:".
func TestEachError(t *testing.T) {
	tests := []struct {
		name string
		toml string
		want string
	}{
		{"syntax", "[desk]\nname = IT\n", `2:desk.name: expected value but found "IT" instead; mend the TOML there (https://toml.io); the keys are checked after that`},
		{"key twice", "[desk]\nname = \"a\"\nname = \"b\"\n", `3:desk.name: Key 'desk.name' has already been defined.; mend the TOML there (https://toml.io); the keys are checked after that`},
		{"unknown section", and("[smtq]\n"), `smtq: unknown key; did you mean "smtp"?`},
		{"unknown key, nothing near", in("[smtp]", `xylophone = 1`), `smtp.xylophone: unknown key; known here are url, username, password_file, password_env`},
		{"section as value", "desk = 1\n" + strings.Replace(minimal, "[desk]\naddress = \"helpdesk@Corp.example\"\n", "", 1), `desk: wrong type; write it as a section: [desk]`},
		{"line break", in("[desk]", `name = "IT\nBcc: x"`), `desk.name: holds a line break or another control character; write it on one line`},
		{"prefix", in("[desk]", `prefix = "it-"`), `desk.prefix: "it-" cannot begin a ticket number; write 1 to 10 capital letters, such as "IT"`},
		{"local zone", in("[desk]", `time_zone = "Local"`), `desk.time_zone: "Local" is no time zone; write a name of the tz database, such as "Asia/Shanghai"`},
		{"empty zone", in("[desk]", `time_zone = ""`), `desk.time_zone: "" is no time zone; write a name of the tz database, such as "Asia/Shanghai"`},
		{"language", in("[desk]", `language = "fr"`), `desk.language: "fr" is not one of its values; choose from "zh", "en"`},
		{"staff domain", in("[desk]", `staff_domains = ["@corp.example"]`), `desk.staff_domains: "@corp.example" is no domain; write domains, such as "corp.example"`},
		{"list of the wrong type", in("[desk]", `aliases = "it@corp.example"`), `desk.aliases: wrong type; write a list of texts: ["…", "…"]`},
		{"item of the wrong type", in("[desk]", `aliases = [1]`), `desk.aliases: wrong type in the list; write a list of texts: ["…", "…"]`},
		{"alias with a name", in("[desk]", `aliases = ["IT <it@corp.example>"]`), `desk.aliases: "IT <it@corp.example>" is no mail address; write a bare address, such as "helpdesk@corp.example"`},
		{"list-id in brackets", in("[desk]", `own_lists = ["<it.corp.example>"]`), `desk.own_lists: "<it.corp.example>" is no list-id; write the list-id alone, such as "helpdesk.lists.corp.example"`},
		{"flag in quotes", in("[desk]", `allow_outside = "no"`), `desk.allow_outside: wrong type; write true or false, without quotes`},
		{"tiny mails", in("[desk]", `max_size = "1kB"`), `desk.max_size: would quarantine nearly all mail; write 16KiB or more`},
		{"hour", in("[desk]", `reconcile_at = "3 am"`), `desk.reconcile_at: "3 am" is no time of day; write hours and minutes, such as "09:00"`},
		{"no secret file", in("[desk]", `secret_file = "gone"`), `desk.secret_file: gone does not exist; restore it from your backup: mails that are out are known by it; for a new desk "maildesk init" makes one`},
		{"data_dir is a file", in("[desk]", `data_dir = "imap.password"`), `desk.data_dir: imap.password is not a folder; name a folder`},
		{"no mailbox", strings.Replace(minimal, "[[mailbox]]\nimap = \"imaps://imap.corp.example\"\npassword_file = \"imap.password\"\n", "", 1), `mailbox: missing; add a section [[mailbox]] with imap = "imaps://…" and password_file`},
		{"mailbox not repeated", strings.Replace(minimal, "[[mailbox]]", "[mailbox]", 1), `mailbox: wrong type; write each as a section of its own: [[mailbox]]`},
		{"no smtp", strings.Split(minimal, "[smtp]")[0], `smtp.url: missing; write "smtps://smtp.corp.example" (TLS), "smtp://…" (STARTTLS) or, on this machine alone, "smtp+insecure://127.0.0.1:25"`},
		{"scheme", swap("smtps://smtp.corp.example", "https://smtp.corp.example"), `smtp.url: "https://smtp.corp.example" has no scheme that is known here; write "smtps://smtp.corp.example" (TLS), "smtp://…" (STARTTLS) or, on this machine alone, "smtp+insecure://127.0.0.1:25"`},
		{"insecure to elsewhere", swap("imaps://", "imap+insecure://"), `mailbox#1.imap: imap+insecure:// would send the password in clear to another machine; write "imaps://imap.corp.example" (TLS), "imap://…" (STARTTLS) or, on this machine alone, "imap+insecure://127.0.0.1:143"`},
		{"user in the URL", swap("imaps://", "imaps://helpdesk:sesame@"), `mailbox#1.imap: a user name does not belong in the URL; write "imaps://imap.corp.example" (TLS), "imap://…" (STARTTLS) or, on this machine alone, "imap+insecure://127.0.0.1:143"`},
		{"unreadable URL with a password", swap("imaps://imap", "imaps://helpdesk:sesame@imap:bad"), `mailbox#1.imap: this is no URL; write "imaps://imap.corp.example" (TLS), "imap://…" (STARTTLS) or, on this machine alone, "imap+insecure://127.0.0.1:143"`},
		{"port", swap("imap.corp.example", "imap.corp.example:99999"), `mailbox#1.imap: "99999" is no port; write "imaps://imap.corp.example" (TLS), "imap://…" (STARTTLS) or, on this machine alone, "imap+insecure://127.0.0.1:143"`},
		{"no password", strings.Replace(minimal, "password_file = \"imap.password\"\n", "", 1), `mailbox#1.password_file: missing; name a file of mode 0600 that holds the password, or a variable as password_env`},
		{"file and variable", in("[[mailbox]]", `password_env = "IMAP_PASSWORD"`), `mailbox#1.password_file: password_file and password_env are both set; keep one of them`},
		{"variable is empty", strings.Replace(minimal, `password_file = "imap.password"`, `password_env = "IMAP_PASSWORD"`, 1), `mailbox#1.password_env: environment variable IMAP_PASSWORD is empty; set it where maildesk is started, or use password_file`},
		{"no password file", swap("imap.password", "gone"), `mailbox#1.password_file: gone does not exist; put the password into it: install -m 600 /dev/null gone, then edit it`},
		{"poll", in("[[mailbox]]", `poll = "10ms"`), `mailbox#1.poll: 10ms is shorter than one second; write a duration of one second or more, such as "90s", "5m", "48h" or "7d"`},
		{"backlog", in("[[mailbox]]", `backlog = "skipp"`), `mailbox#1.backlog: "skipp" is not one of its values; did you mean "skip"? choose from "skip", "answer"`},
		{"processed is watched", in("[[mailbox]]", `processed = "inbox"`), `mailbox#1.processed: is the folder that is watched, so that mail would be taken in again; name another, or "" to leave mail in place`},
		{"no folder", in("[[mailbox]]", `folder = ""`), `mailbox#1.folder: empty; name the folder that is watched, such as "INBOX"`},
		{"oauth", strings.Replace(minimal, "[smtp]", "[mailbox.oauth]\ntoken_url = \"https://login.corp.example\"\n[smtp]", 1), `mailbox#1.oauth: OAuth is not supported by this version; use password_file with a password for this application`},
		{"mailbox twice", and("[[mailbox]]\nimap = \"imaps://imap.corp.example:993\"\npassword_file = \"imap.password\"\n"), `mailbox#2: is the same account and folder as mailbox#1; take one of them out`},
		{"smtp user without password", in("[smtp]", `username = "helpdesk@corp.example"`), `smtp.password_file: missing; name a file of mode 0600 that holds the password, or a variable as password_env`},
		{"smtp password without user", in("[smtp]", `password_file = "smtp.password"`), `smtp.username: missing, but there is a password; name the user, or take the password out`},
		{"limit", and("[limits]\nsender_hour = 0\n"), `limits.sender_hour: 0 is out of range; write a number from 1 to 1000000`},
		{"trust", and("[trust]\nrequire = \"dkim\"\n"), `trust.require: "dkim" is not one of its values; choose from "either", "both", "dmarc"`},
		{"category", and("[[group]]\nname = \"desktop\"\ncategories = [\"hardwear\"]\n"), `group#1.categories: "hardwear" is not one of its values; choose from "hardware", "software", "network", "account", "security", "request", "consulting"`},
		{"group without a name", and("[[group]]\n"), `group#1.name: missing; give the group a name, such as "desktop"`},
		{"group twice", and("[[group]]\nname = \"desktop\"\n[[group]]\nname = \"desktop\"\n"), `group#2.name: "desktop" is also the name of group#1; give each group a name of its own`},
		{"group unknown", and(person + "groups = [\"desktob\"]\n[[group]]\nname = \"desktop\"\n"), `technician#1.groups: there is no group "desktob"; did you mean "desktop"?`},
		{"technician's address", and("[[technician]]\nname = \"李伟\"\naddress = \"liwei\"\n"), `technician#1.address: "liwei" is no mail address; write a bare address, such as "helpdesk@corp.example"`},
		{"technician twice", and(person + person), `technician#2.address: liwei@corp.example is also an address of technician#1; list each person once`},
		{"technician is the desk", and("[[technician]]\nname = \"李伟\"\naddress = \"HelpDesk@corp.example\"\n"), `technician#1.address: HelpDesk@corp.example is an address of the desk itself; write the person's own address`},
		{"on call unknown", and("[on_call]\nrota = [\"liwei@corp.example\"]\nstart = 2023-11-13\n"), `on_call.rota: liwei@corp.example is no technician; add a [[technician]] with this address, or take it out`},
		{"on call without start", and(person + "[on_call]\nrota = [\"liwei@corp.example\"]\n"), `on_call.start: missing; write the day on which the first one's week begins, such as 2023-11-13`},
		{"on call by no date", and("[on_call]\nstart = \"monday\"\n"), `on_call.start: this is no date; write it as 2023-11-13`},
		{"calendar is gone", and("[on_call]\ncalendar = \"oncall.ics\"\n"), `on_call.calendar: oncall.ics does not exist; name a file that does, or take the key out`},
		{"ladder", and("[on_call]\nladder = [\"boss\"]\n"), `on_call.ladder: "boss" is not one of its values; choose from "on_call", "next", "manager"`},
		{"webhook", and("[on_call]\nwebhook = \"corp.example\"\n"), `on_call.webhook: "corp.example" is no web address; write a URL that begins with "https://" or "http://"`},
		{"sla of no priority", and("[sla.P4]\n"), `sla.P4: unknown key; did you mean "P0"?`},
		{"sla of no length", and("[sla.P1]\nrespond = \"4\"\n"), `sla.P1.respond: "4" is no duration; write a duration of one second or more, such as "90s", "5m", "48h" or "7d"`},
		{"sla upside down", and("[sla.P1]\nrespond = \"4h\"\nresolve = \"15m\"\n"), `sla.P1.resolve: 15m is shorter than respond, 4h; make it the same or longer`},
		{"sla shorter than the default", and("[sla.P1]\nrespond = \"2d\"\n"), `sla.P1.resolve: 1d is shorter than respond, 2d; make it the same or longer`},
		{"sla's hours", and("[sla.P1]\nhours = \"night\"\n"), `sla.P1.hours: "night" is not one of its values; choose from "always", "office"`},
		{"sla of no category", and("[sla.P1.netwrok]\nresolve = \"2h\"\n"), `sla.P1.netwrok: unknown key; did you mean "network"?`},
		{"sla of a category", and("[sla.P1.network]\nresolve = \"2\"\n"), `sla.P1.network.resolve: "2" is no duration; write a duration of one second or more, such as "90s", "5m", "48h" or "7d"`},
		{"sla of a category upside down", and("[sla.P1.network]\nresolve = \"30m\"\n"), `sla.P1.network.resolve: 30m is shorter than respond, 1h; make it the same or longer`},
		{"office upside down", and("[office]\nopen = \"18:00\"\nclose = \"09:00\"\n"), `office.close: 09:00 is not after open, 18:00; write the end of the working day`},
		{"office closes at no time", and("[office]\nclose = \"24:01\"\n"), `office.close: "24:01" is no time of day; write hours and minutes, such as "18:00", up to "24:00"`},
		{"office opens at midnight", and("[office]\nopen = \"24:00\"\nclose = \"24:00\"\n"), `office.open: "24:00" is no time of day; write hours and minutes, such as "09:00"`},
		{"office without days", and("[office]\ndays = []\n"), `office.days: no day is left to work on; write days, such as ["mon", "tue", "wed", "thu", "fri"]`},
		{"holiday", and("[office]\nholidays = [\"2023-02-30\"]\n"), `office.holidays: "2023-02-30" is no date; write a date or a range, such as "2023-10-07" or "2023-10-01..2023-10-06"`},
		{"holidays backwards", and("[office]\nholidays = [\"2023-10-06..2023-10-01\"]\n"), `office.holidays: 2023-10-06..2023-10-01 ends before it begins; write a date or a range, such as "2023-10-07" or "2023-10-01..2023-10-06"`},
		{"reminders", and("[survey]\nremind = [\"96h\", \"48h\"]\n"), `survey.remind: the times do not ascend; write the earliest first; each counts from the resolution`},
		{"a reminder twice", and("[survey]\nremind = [\"48h\", \"2d\"]\n"), `survey.remind: the times do not ascend; write the earliest first; each counts from the resolution`},
		{"no reminder", and("[survey]\nremind = []\n"), `survey.remind: no reminder is left, and the manager would never hear of a silent ticket; write times, such as ["48h", "96h"]`},
		{"reminder of no length", and("[survey]\nremind = [\"48\"]\n"), `survey.remind: "48" is no duration; write a duration of one second or more, such as "90s", "5m", "48h" or "7d"`},
		{"lapse", and("[survey]\nlapse = \"0d\"\n"), `survey.lapse: 0d is shorter than one second; write a duration of one second or more, such as "90s", "5m", "48h" or "7d"`},
		{"reopen within", in("[desk]", `reopen_within = "two weeks"`), `desk.reopen_within: "two weeks" is no duration; write a duration of one second or more, such as "90s", "5m", "48h" or "7d"`},
		{"lead's address", and("[[group]]\nname = \"desktop\"\nlead = \"李伟\"\n"), `group#1.lead: "李伟" is no mail address; write a bare address, such as "helpdesk@corp.example"`},
		{"lead is no technician", and(person + "[[group]]\nname = \"desktop\"\nlead = \"wangfang@corp.example\"\n"), `group#1.lead: wangfang@corp.example is no technician; add a [[technician]] with this address, or take it out`},
		{"directory", and("[directory]\ncsv = \"staff.csv\"\n"), `directory.csv: staff.csv does not exist; name a file that does, or take the key out`},
		{"listen on a name", and("[http]\nlisten = \"desk.corp.example:9125\"\n"), `http.listen: "desk.corp.example" is no address of this machine; write address and port, such as "127.0.0.1:9125", or "" to turn it off`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := problems(t, folder(t, test.toml))
			if want := "maildesk.toml:" + test.want; !contains(got, want) {
				t.Errorf("not among the errors: %s\nthere is: %s", want, strings.Join(got, "\n"))
			}
			if strings.Contains(strings.Join(got, ""), "sesame") {
				t.Error("an error repeats a password")
			}
		})
	}
}

// TestOfficeErrors checks that everything that is wrong with the office is said at once, and nothing that merely follows.
func TestOfficeErrors(t *testing.T) {
	got := problems(t, folder(t, and("[office]\ndays = []\nopen = \"9\"\nclose = \"08:00\"\n[survey]\nremind = [\"soon\"]\n")))
	want := []string{
		`maildesk.toml:office.open: "9" is no time of day; write hours and minutes, such as "09:00"`,
		`maildesk.toml:office.days: no day is left to work on; write days, such as ["mon", "tue", "wed", "thu", "fri"]`,
		`maildesk.toml:survey.remind: "soon" is no duration; write a duration of one second or more, such as "90s", "5m", "48h" or "7d"`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("errors:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// swap returns the minimal configuration with one text in place of another.
func swap(old, new string) string { return strings.Replace(minimal, old, new, 1) }

func TestSecretFileModes(t *testing.T) {
	tests := []struct {
		name    string
		mode    os.FileMode
		content string
		error   string
		warning string
	}{
		{name: "owner alone", mode: 0o600, content: "sesame\n"},
		{name: "world may read", mode: 0o644, content: "sesame\n", error: "imap.password is open to everyone on this machine (mode 0644); chmod 600 imap.password"},
		{name: "group may read", mode: 0o640, content: "sesame\n", warning: "imap.password is open to its group (mode 0640); chmod 600 imap.password"},
		{name: "empty", mode: 0o600, content: "\n", error: "imap.password is empty; put the password into it"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := folder(t, minimal)
			write(t, filepath.Dir(path), "imap.password", test.content, test.mode)
			_, warnings, err := Load(path, noEnv)
			if got := message(err, path); !strings.HasSuffix(got, test.error) || (got == "") != (test.error == "") {
				t.Errorf("error = %q, want %q", got, test.error)
			}
			if got := strings.ReplaceAll(warnings.String(), filepath.Dir(path)+"/", ""); !strings.Contains(got, test.warning) {
				t.Errorf("warnings = %q, want %q among them", got, test.warning)
			}
		})
	}
}

func message(err error, path string) string {
	if err == nil {
		return ""
	}
	return strings.ReplaceAll(err.Error(), filepath.Dir(path)+"/", "")
}

func TestNoFile(t *testing.T) {
	_, _, err := Load("gone/maildesk.toml", noEnv)
	want := `gone/maildesk.toml: no such file or directory; name it with -c, or let "maildesk init" write one`
	if err == nil || err.Error() != want {
		t.Errorf("error = %v, want %s", err, want)
	}
}

func TestBrokenSecretFile(t *testing.T) {
	path := folder(t, minimal)
	write(t, filepath.Dir(path), "maildesk.secret", "1 short\n", 0o600)
	got := problems(t, path)
	if len(got) != 1 || !strings.HasPrefix(got[0], "maildesk.toml:desk.secret_file: secret file maildesk.secret: line 1") {
		t.Errorf("errors = %q", got)
	}
}

func TestWarnings(t *testing.T) {
	tests := []struct {
		name string
		toml string
		want string
	}{
		{"nobody on call", person, "maildesk.toml: there is no [on_call]: nobody is alerted; list whose turn it is"},
		{"no group", person, "maildesk.toml: there is no [[group]]: all technicians are one group, whatever a mail is about; make groups, if they answer for different categories"},
		{"open to the network", "[http]\nlisten = \":9125\"\n", "maildesk.toml:http.listen: can be reached from other machines and asks for no password; put a firewall or a proxy in front of it, or listen on 127.0.0.1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := folder(t, and(test.toml))
			_, warnings := mustLoad(t, path)
			got := strings.Split(strings.ReplaceAll(warnings.String(), filepath.Dir(path)+"/", ""), "\n")
			if !contains(got, test.want) {
				t.Errorf("not among the warnings: %s\nthere is: %s", test.want, strings.Join(got, "\n"))
			}
		})
	}
}
