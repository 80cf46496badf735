// Package config reads maildesk.toml: it knows every key, its default and its rules, and it names everything that is
// wrong with a file at once, each with the way to put it right.
//
// It imports tickets (addresses and languages), tickets/thread (the secret file) and tickets/calendar (office hours). It
// opens no connection; what only a server can answer is asked by "maildesk check".
//
// It guarantees: an unknown key is an error, a secret never stands in the TOML file nor in a value that is printed or
// logged, and a Config that Load returned without error is complete and consistent. Relative paths are taken from the
// folder of the file; secret files are looked for in $CREDENTIALS_DIRECTORY (systemd's LoadCredential) first.
package config
