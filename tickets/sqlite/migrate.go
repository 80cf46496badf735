package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the schema; its version is its place in the order, from 1.
type migration struct {
	name, script string
}

func migrations() ([]migration, error) {
	files, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	steps := make([]migration, len(files))
	for i, file := range files {
		script, err := migrationFiles.ReadFile("migrations/" + file.Name())
		if err != nil {
			return nil, err
		}
		steps[i] = migration{file.Name(), string(script)}
	}
	return steps, nil
}

// NewerSchema says that a later version of maildesk has written the database.
type NewerSchema struct {
	Path        string
	Have, Known int // versions of the schema: the file's, and the newest that this program knows
}

// Error says what to do.
func (e *NewerSchema) Error() string {
	return fmt.Sprintf("%s was written by a newer maildesk (schema %d, this one knows up to %d): install that version again, or restore a backup from before the upgrade",
		e.Path, e.Have, e.Known)
}

// migrate brings the database to the newest schema, each step in a transaction of its own.
func migrate(ctx context.Context, conn *sql.Conn, path string) error {
	steps, err := migrations()
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	have, err := schemaVersion(ctx, conn)
	if err != nil {
		return err
	}
	if have > len(steps) {
		return &NewerSchema{Path: path, Have: have, Known: len(steps)}
	}
	for i := have; i < len(steps); i++ {
		if err := step(ctx, conn, steps[i], i+1); err != nil {
			return fmt.Errorf("migrate %s with %s: %w", path, steps[i].name, err)
		}
	}
	return nil
}

// step applies one migration unless another process was faster.
func step(ctx context.Context, conn *sql.Conn, m migration, version int) (err error) {
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return wrap("begin", err)
	}
	defer func() {
		if err != nil {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	have, err := schemaVersion(ctx, conn)
	if err != nil {
		return err
	}
	if have < version {
		if _, err := conn.ExecContext(ctx, m.script); err != nil {
			return wrap("script", err)
		}
		if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
			return wrap("set version", err)
		}
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
	return wrap("commit", err)
}

// querier is a connection or a pool.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func schemaVersion(ctx context.Context, db querier) (int, error) {
	var version int
	err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return version, wrap("read schema version", err)
}
