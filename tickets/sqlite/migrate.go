package sqlite

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations are the steps from an empty file to the schema of this version; step n leads from n to n+1.
var migrations = mustMigrations(migrationFiles)

var userVersion = literal("user_version", "PRAGMA user_version")

// SchemaError says that a database has not the schema that this program works with.
type SchemaError struct {
	Have int // of the file
	Want int // of this program
}

// Error says what to install or to run.
func (e *SchemaError) Error() string {
	if e.Have > e.Want {
		return fmt.Sprintf("the database has schema %d and this maildesk knows %d: a newer maildesk has used it; "+
			"install that version again (the newest release will do), or restore a backup made before the upgrade", e.Have, e.Want)
	}
	return fmt.Sprintf("the database has schema %d and this maildesk needs %d: start maildesk serve once, which brings it up to date", e.Have, e.Want)
}

// migrate brings the database to the newest schema, step by step, each in a transaction of its own. Two processes may
// do it at once.
func (s *Store) migrate(ctx context.Context) error {
	for {
		done := false
		err := s.Update(ctx, func(tx *Tx) error {
			version, err := schemaVersion(&tx.access)
			if err != nil {
				return err
			}
			if version > len(migrations) {
				return &SchemaError{Have: version, Want: len(migrations)}
			}
			done = version == len(migrations)
			if done {
				return nil
			}
			return tx.step(version)
		})
		if err != nil || done {
			return err
		}
	}
}

// step applies the migration that leads on from version.
func (tx *Tx) step(version int) error {
	script := migrations[version] + "\nPRAGMA user_version = " + strconv.Itoa(version+1)
	if err := tx.session.script(tx.within, script); err != nil {
		return fmt.Errorf("migrate to schema %d: %w", version+1, err)
	}
	return nil
}

func checkSchema(a *access) error {
	version, err := schemaVersion(a)
	if err == nil && version != len(migrations) {
		err = &SchemaError{Have: version, Want: len(migrations)}
	}
	return err
}

func schemaVersion(a *access) (version int, err error) {
	_, err = a.first(userVersion, nil, &version)
	return version, err
}

func mustMigrations(files fs.FS) []string {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		panic(err)
	}
	out := make([]string, len(names))
	for i, name := range names {
		if want := fmt.Sprintf("migrations/%04d_", i+1); name[:len(want)] != want {
			panic("migrations are numbered without gaps: " + name)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			panic(err)
		}
		out[i] = string(text)
	}
	return out
}
