package archive

import "io"

// Mail is one mail of an archive.
type Mail struct {
	Name string            // where it lies, for messages: the file, or the file and its offset
	Raw  *io.SectionReader // valid until the next mail is asked for
	End  int64             // for progress: of Total, how much is read when this mail is done
}

// Archive is a set of old mails.
type Archive interface {
	// Total is the size of the whole, in the unit of Mail.End.
	Total() int64
	// Each calls f for each mail, in the archive's order, until f returns an error, which Each returns.
	Each(f func(Mail) error) error
	Close() error
}
