package archive

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// Maildir is a folder with the mails in cur and new, a file each.
type Maildir struct {
	files []string
}

// OpenMaildir lists a Maildir. A folder without cur and new is refused.
func OpenMaildir(path string) (*Maildir, error) {
	var files []string
	found := false
	for _, sub := range []string{"cur", "new"} {
		entries, err := os.ReadDir(filepath.Join(path, sub))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("open maildir: %w", err)
		}
		found = true
		for _, entry := range entries {
			if entry.Type().IsRegular() {
				files = append(files, filepath.Join(path, sub, entry.Name()))
			}
		}
	}
	if !found {
		return nil, fmt.Errorf("open maildir: %s has neither cur nor new; name the folder that has them", path)
	}
	// Names begin with the second of delivery, so that the base name's order is the mails'.
	slices.SortFunc(files, func(a, b string) int {
		return slices.Compare([]byte(filepath.Base(a)), []byte(filepath.Base(b)))
	})
	return &Maildir{files: files}, nil
}

// Total is the number of mails.
func (m *Maildir) Total() int64 { return int64(len(m.files)) }

// Close has nothing to close.
func (m *Maildir) Close() error { return nil }

// Each hands out the files.
func (m *Maildir) Each(f func(Mail) error) error {
	for i, path := range m.files {
		if err := handFile(path, int64(i+1), f); err != nil {
			return err
		}
	}
	return nil
}

func handFile(path string, end int64, f func(Mail) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read maildir: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("read maildir: %w", err)
	}
	return f(Mail{Name: path, Raw: io.NewSectionReader(file, 0, info.Size()), End: end})
}
