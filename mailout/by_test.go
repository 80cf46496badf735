package mailout

import (
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

// TestBy checks how people are told until when an answer can be expected, on the desk's wall.
func TestBy(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	at := func(clock string) time.Time {
		got, err := time.ParseInLocation("2006-01-02 15:04", "2023-"+clock, zone)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, c := range []struct{ name, due, now, zh, en string }{
		{"today", "11-15 15:30", "11-15 09:30", "今天 15:30 前", "by 15:30 today"},
		{"tomorrow, though it is less than a day", "11-16 09:30", "11-15 17:30", "明天 09:30 前", "by 09:30 tomorrow"},
		{"after the weekend", "11-20 09:30", "11-17 17:30", "11月20日（周一）09:30 前", "by Monday, 20 November, 09:30"},
		{"on a Sunday that is worked", "10-08 09:30", "09-28 17:30", "10月8日（周日）09:30 前", "by Sunday, 8 October, 09:30"},
		{"over", "11-15 09:30", "11-15 09:30", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := by(at(c.due), at(c.now), tickets.Chinese); got != c.zh {
				t.Errorf("%q, want %q", got, c.zh)
			}
			if got := by(at(c.due), at(c.now), tickets.English); got != c.en {
				t.Errorf("%q, want %q", got, c.en)
			}
		})
	}
	if got := by(time.Time{}, at("11-15 09:30"), tickets.Chinese); got != "" {
		t.Errorf("without a target it is %q", got)
	}
}

// The confirmation says it by the desk's clock, whatever the zone of the instants; what is answered needs no promise.
func TestTheConfirmationSaysWhen(t *testing.T) {
	c := newComposer(t)
	n := chineseNotice(tickets.NoticeConfirmation)
	n.Ticket.ResponseDue = n.Entry.At.Add(3 * time.Hour).UTC()
	text := func() string { return string(leaves(t, c.Compose(n).Raw)[0].data) }
	if want := c.local(n.Ticket.ResponseDue).Format("今天 15:04 前答复您"); !strings.Contains(text(), want) {
		t.Errorf("no %q in\n%s", want, text())
	}
	n.Entry.At, n.Ticket.UpdatedAt = n.Entry.At.AddDate(0, 0, -1), n.Entry.At // split off with a mail of yesterday
	if want := "今天"; !strings.Contains(text(), want) {
		t.Errorf("no %q in\n%s", want, text())
	}
	n.Ticket.Course.AnsweredAt = n.Entry.At
	if strings.Contains(text(), "前答复您") {
		t.Errorf("it promises what has been given:\n%s", text())
	}
}
