package sqlite

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"modernc.org/sqlite"

	"maildesk/tickets"
)

// rows1 are rows of schema 1: a ticket that a technician has, its mail and its confirmation, and one that nobody has.
// They have room for a blob's bytes.
const rows1 = `
INSERT INTO day_number VALUES ('20231115', 2);
INSERT INTO person VALUES ('zhangsan@corp.example', 'ZhangSan@corp.example', '张三', '1001', '市场部', '138', 'zh');
INSERT INTO ticket VALUES (1, 'IT20231115001', '登录ERP系统', 'in_progress', 'P1', 'r', 'software', 'severe', 'i', 1700000000000,
    'zhangsan@corp.example', 'ZhangSan@corp.example', '张三', '1001', '市场部', '138', 'zh', 'LiWei@corp.example', '李伟', 'desktop',
    1700011800000, 1700011801000, NULL, NULL, 1700015400000, 1700019000000, 'd', 'w', 'f', 'p', 4, 'c', 'a');
INSERT INTO ticket VALUES (2, 'IT20231115002', 's', 'new', '', '', '', '', '', NULL, 'zhangsan@corp.example', 'zhangsan@corp.example',
    '', '', '', '', '', '', '', '', 1700011800000, 1700011800000, NULL, NULL, NULL, NULL, '', '', '', '', NULL, '', '');
INSERT INTO link VALUES (1, 1, 'IT20231115002');
INSERT INTO participant VALUES (1, 'a@corp.example', 'watcher', 'A@corp.example', 'A');
INSERT INTO blob VALUES (1, 9, x'%x');
INSERT INTO message VALUES (1, x'01', 'a@mail', 'zhangsan@corp.example', 'zhangsan@corp.example', '', 's', 9, 'open', 'r', '', 1, NULL, 1, 1,
    1700011800000, '{}', '{}');
INSERT INTO entry VALUES (1, 1, 1700011800000, 'zhangsan@corp.example', '张三', 'report', 't', 'public', 1, 'a@mail', 0, NULL, '');
INSERT INTO outbox VALUES (1, 1, 1, 'confirmation', 1, 'd@corp.example', 'zhangsan@corp.example', 'zhangsan@corp.example', 'ours@mail', 1,
    'sent', 1, 1700011800000, 1700011800000, 1700011800000, '250');
PRAGMA user_version = 1;`

// database1 is a database of schema 1.
func database1(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "maildesk.db")
	connector, err := sqlite.NewConnector(dsn(path, "rwc"))
	if err != nil {
		t.Fatal(err)
	}
	session, err := newSession(t.Context(), connector)
	if err != nil {
		t.Fatal(err)
	}
	c := compressors.Get().(*compressor)
	defer compressors.Put(c)
	rows := fmt.Sprintf(rows1, c.encoder.EncodeAll([]byte("raw bytes"), nil))
	if err := errors.Join(session.script(t.Context(), migrations[0]+rows), session.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// upgraded is what the first ticket of rows1 has become.
func upgraded() tickets.Ticket {
	at := func(second int64) time.Time { return time.Unix(second, 0).UTC() }
	return tickets.Ticket{
		ID: 1, Number: "IT20231115001", Subject: "登录ERP系统", Status: tickets.InProgress, Priority: "P1", PriorityReason: "r",
		Category: "software", Severity: "severe", Impact: "i", OccurredAt: at(1700000000),
		Requester: tickets.Person{Name: "张三", Address: "ZhangSan@corp.example", StaffNumber: "1001", Department: "市场部",
			Phone: "138", Language: tickets.Chinese},
		Assignee: &tickets.Address{Name: "李伟", Address: "LiWei@corp.example"}, Group: "desktop",
		Watchers:  []tickets.Address{{Name: "A", Address: "A@corp.example"}},
		CreatedAt: at(1700011800), UpdatedAt: at(1700011801), ResponseDue: at(1700015400), ResolveDue: at(1700019000),
		Course:    tickets.Course{Due: at(1700019000), DueSetAt: at(1700011801)},
		Diagnosis: "d", Workaround: "w", Fix: "f", Prevention: "p",
		Satisfaction: &tickets.Satisfaction{Score: 4, Comment: "c"}, Links: []string{"IT20231115002"}, Attention: "a",
	}
}

func TestUpgradeKeepsWhatIsThere(t *testing.T) {
	s, err := Open(t.Context(), database1(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := s.Tickets(t.Context())
	if err != nil || len(all) != 2 || !reflect.DeepEqual(all[0], upgraded()) {
		t.Fatalf("%v\ngot  %+v\nwant %+v", err, all, upgraded())
	}
	err = s.Update(t.Context(), func(tx *Tx) error {
		load, err := tx.OpenLoad()
		if want := map[string]int{"liwei@corp.example": 1}; !reflect.DeepEqual(load, want) {
			t.Errorf("load %v, want %v", load, want)
		}
		mine, errMine := tx.TicketsWith(tickets.Filter{Assignee: "liwei@corp.example"}, 9)
		free, errFree := tx.TicketsWith(tickets.Filter{Unassigned: true}, 9)
		if len(mine) != 1 || mine[0].ID != 1 || len(free) != 1 || free[0].ID != 2 {
			t.Errorf("mine %+v, nobody's %+v", mine, free)
		}
		raw, errRaw := tx.RawOf(1)
		if string(raw) != "raw bytes" {
			t.Errorf("raw %q", raw)
		}
		why, at, errWhy := tx.Unreachable("zhangsan@corp.example")
		if why != "" || !at.IsZero() {
			t.Errorf("unreachable: %q %v", why, at)
		}
		return errors.Join(err, errMine, errFree, errRaw, errWhy, tx.AddTokenUse(1, "zhangsan@corp.example", false, at.Add(1)), tx.intact(nil))
	})
	if err != nil {
		t.Error(err)
	}
}

func TestADatabaseOfSchema1(t *testing.T) {
	path := database1(t)
	var schema *SchemaError
	if s, err := Open(t.Context(), path, Options{ReadOnly: true}); !errors.As(err, &schema) || schema.Have != 1 {
		t.Errorf("to read: %v, %v", s, err)
	}
	report, err := Verify(t.Context(), path)
	if want := (Report{Schema: 1, Tickets: 2, Entries: 1, Messages: 1, Outbox: 1, Bytes: report.Bytes}); report != want || err != nil {
		t.Errorf("verified: %+v, %v", report, err)
	}
	restored := filepath.Join(t.TempDir(), "restored.db")
	if _, err := Restore(t.Context(), path, restored, time.Unix(1700011800, 0)); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), restored, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got, err := s.TicketByNumber(t.Context(), "IT20231115001"); err != nil || !reflect.DeepEqual(*got, upgraded()) {
		t.Errorf("restored: %+v, %v", got, err)
	}
}
