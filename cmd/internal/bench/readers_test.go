package bench

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	"github.com/jhillyerd/enmime/v2"

	"maildesk/parser"
)

// readers are the times that a mail takes on one processor: read by the desk, with all that it finds out; decoded by
// enmime, which finds out nothing; and walked through by go-message, which decodes the parts one after the other.
type readers struct{ desk, enmime, walk time.Duration }

// measureReaders reads the same mails with each, in turns, so that whatever else the machine does hits all alike.
func measureReaders(t *testing.T, mails int) readers {
	t.Helper()
	var raws [][]byte
	for n := range mails {
		raws = append(raws, mail(n))
	}
	var r readers
	for len(raws) > 0 {
		some := raws[:min(len(raws), piece)]
		raws = raws[len(some):]
		r.desk += readAll(t, some, readDesk)
		r.enmime += readAll(t, some, readEnmime)
		r.walk += readAll(t, some, readWalking)
	}
	each := time.Duration(mails)
	return readers{r.desk / each, r.enmime / each, r.walk / each}
}

func readAll(t *testing.T, mails [][]byte, read func([]byte) error) time.Duration {
	t.Helper()
	return clocked(func() {
		for _, raw := range mails {
			check(t, read(raw))
		}
	})
}

func readDesk(raw []byte) error {
	_, err := parser.Parse(section(raw), parser.Options{Prefix: "IT", AuthservID: "mx.corp.example"})
	return err
}

func readEnmime(raw []byte) error {
	_, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	return err
}

func readWalking(raw []byte) error {
	entity, err := message.Read(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return entity.Walk(func(_ []int, e *message.Entity, err error) error {
		if err == nil && e.MultipartReader() == nil {
			_, err = io.Copy(io.Discard, e.Body)
		}
		return err
	})
}
