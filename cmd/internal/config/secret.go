package config

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// Secret says where a password is kept. It never holds the password itself, so it may be printed and logged.
type Secret struct {
	file     string
	variable string
	env      func(string) string
}

// Read returns the password as it is now: a changed file is seen at the next log-in. One line break at its end does
// not belong to it. A zero Secret gives "". The context is there for sources that have to ask somebody.
func (s Secret) Read(context.Context) (string, error) {
	if s.variable != "" {
		if value := s.env(s.variable); value != "" {
			return value, nil
		}
		return "", fmt.Errorf("environment variable %s is empty", s.variable)
	}
	if s.file == "" {
		return "", nil
	}
	data, err := os.ReadFile(s.file)
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	password := strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r")
	if password == "" {
		return "", fmt.Errorf("read password: %s is empty", s.file)
	}
	return password, nil
}

func (s Secret) set() bool { return s.file != "" || s.variable != "" }

// String names the place, never the password.
func (s Secret) String() string {
	switch {
	case s.variable != "":
		return "$" + s.variable
	case s.file != "":
		return s.file
	}
	return "none"
}

// LogValue keeps a careless log line harmless.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// secretPath resolves the path of a secret file: an absolute one stands, a relative one is looked for among the
// credentials that systemd hands over, then beside the configuration.
func (l *loader) secretPath(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	if dir := l.env("CREDENTIALS_DIRECTORY"); dir != "" {
		if handed := filepath.Join(dir, path); exists(handed) {
			return handed
		}
	}
	return l.path(path)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// secret reads password_file or password_env of a section.
func (t *table) secret(required bool) Secret {
	if _, set := t.take("password"); set {
		t.fail("password", "a password does not belong in this file", "put it into a file of mode 0600 and name that as password_file, or name a variable as password_env")
	}
	file, variable := t.text("password_file", ""), t.text("password_env", "")
	switch {
	case file != "" && variable != "":
		t.fail("password_file", "password_file and password_env are both set", "keep one of them")
	case file != "":
		return t.passwordFile(file)
	case variable != "":
		return t.passwordVariable(variable)
	case required && t.values["password"] == nil:
		t.fail("password_file", "missing", `name a file of mode 0600 that holds the password, or a variable as password_env`)
	}
	return Secret{}
}

func (t *table) passwordFile(file string) Secret {
	secret := Secret{file: t.loader.secretPath(file)}
	if t.guarded("password_file", secret.file, "put the password into it: install -m 600 /dev/null "+secret.file+", then edit it") {
		if _, err := secret.Read(context.Background()); err != nil {
			t.fail("password_file", err.Error(), "put the password into it")
		}
	}
	return secret
}

func (t *table) passwordVariable(name string) Secret {
	secret := Secret{variable: name, env: t.loader.env}
	if _, err := secret.Read(context.Background()); err != nil {
		t.fail("password_env", err.Error(), "set it where maildesk is started, or use password_file")
	}
	return secret
}

// guarded reports whether a secret file can be used: it is there, readable, and nobody else's business.
func (t *table) guarded(key, path, missing string) bool {
	info, err := os.Stat(path)
	switch {
	case os.IsNotExist(err):
		t.fail(key, path+" does not exist", missing)
	case err != nil:
		t.fail(key, err.Error(), "let the user that runs maildesk reach it")
	case !info.Mode().IsRegular():
		t.fail(key, path+" is not a file", "name a regular file")
	case info.Mode().Perm()&0o007 != 0:
		t.fail(key, fmt.Sprintf("%s is open to everyone on this machine (mode %04o)", path, info.Mode().Perm()), "chmod 600 "+path)
	default:
		t.guardedByGroup(key, path, info.Mode())
		return readable(t, key, path)
	}
	return false
}

func (t *table) guardedByGroup(key, path string, mode fs.FileMode) {
	if mode.Perm()&0o070 != 0 {
		t.warn(key, fmt.Sprintf("%s is open to its group (mode %04o)", path, mode.Perm()), "chmod 600 "+path)
	}
}

func readable(t *table, key, path string) bool {
	f, err := os.Open(path)
	if err != nil {
		t.fail(key, err.Error(), "let the user that runs maildesk read it: chown it")
		return false
	}
	f.Close()
	return true
}
