package mailout

import (
	"fmt"
	"time"

	"maildesk/templates"
	"maildesk/tickets"
)

// Limits of what a mail shows of the mail it answers.
const (
	maxSubject = 200 // runes of the root subject
	maxReason  = 300 // runes
	maxNames   = 10  // attachments named, people who get the same words
)

// data is what the templates hear of a notice.
func (c *Composer) data(n tickets.Notice, lang tickets.Language) templates.Data {
	d := templates.Data{
		Desk:       templates.Text(c.id.name(lang)),
		Address:    templates.Text(c.id.Address),
		Reader:     name(n.To.Name),
		Staff:      n.Staff,
		Author:     name(n.Author),
		Unverified: n.Staff && n.Author != "" && n.Entry.Actor.Address != "" && !n.Entry.Verified,
		Text:       templates.Text(n.Entry.Text),
		Reason:     templates.Text(headerText(n.Reason, maxReason)),
		Also:       names(n.Also),
		Omitted:    names(n.Omitted),
		Buttons:    c.buttons(n, lang),
	}
	for _, line := range n.Lines {
		d.Lines = append(d.Lines, templates.Text(line))
	}
	var files []string
	for _, file := range n.Entry.Attachments {
		if file.Name != "" {
			files = append(files, file.Name)
		}
	}
	d.Attachments = names(files)
	if n.Ticket != nil {
		c.describe(&d, n, lang)
	}
	return d
}

// describe adds what the notice's ticket says.
func (c *Composer) describe(d *templates.Data, n tickets.Notice, lang tickets.Language) {
	t := n.Ticket
	d.Number = templates.Text(t.Number)
	d.Subject = templates.Text(headerText(t.Subject, maxSubject))
	d.Status = t.Status
	d.Yours = !n.Staff && tickets.SameAddress(n.To.Address, t.Requester.Address)
	d.Requester = templates.Contact{
		Name: name(t.Requester.Name), Address: name(t.Requester.Address),
		Department: name(t.Requester.Department), Phone: name(t.Requester.Phone),
	}
	d.Category = templates.Text(t.Category.Name(lang))
	d.Priority = templates.Text(t.Priority.Name(lang))
	d.PriorityReason = templates.Text(headerText(t.PriorityReason, maxReason))
	d.Severity = templates.Text(t.Severity.Name(lang))
	d.Impact = templates.Text(headerText(t.Impact, maxReason))
	d.OccurredAt = c.moment(t.OccurredAt)
	if t.Course.AnsweredAt.IsZero() {
		now := n.Entry.At
		if t.UpdatedAt.After(now) { // a ticket that was split off tells of a mail of some days ago
			now = t.UpdatedAt
		}
		d.AnswerBy = templates.Text(by(c.local(t.ResponseDue), c.local(now), lang))
	}
	d.Group = name(t.Group)
	if t.Assignee != nil {
		d.Assignee = name(t.Assignee.Name)
	}
	if t.Satisfaction != nil {
		d.Score = t.Satisfaction.Score
	}
}

// moment is a time as people write it, in the desk's zone; "" for none.
func (c *Composer) moment(at time.Time) templates.Text {
	if at.IsZero() {
		return ""
	}
	return templates.Text(c.local(at).Format("2006-01-02 15:04"))
}

// local is an instant in the desk's zone.
func (c *Composer) local(at time.Time) time.Time {
	if c.id.Zone != nil {
		return at.In(c.id.Zone)
	}
	return at
}

// by says until when, in the words of who reads it now: the time alone is enough today, tomorrow and later there is a date. It is
// "" for what is over, or not known; both are in one zone.
func by(due, now time.Time, lang tickets.Language) string {
	if !due.After(now) {
		return ""
	}
	days := daysBetween(now, due)
	if lang == tickets.Chinese {
		switch days {
		case 0:
			return due.Format("今天 15:04 前")
		case 1:
			return due.Format("明天 15:04 前")
		}
		return fmt.Sprintf("%s（周%s）%s 前", due.Format("1月2日"), []string{"日", "一", "二", "三", "四", "五", "六"}[due.Weekday()], due.Format("15:04"))
	}
	switch days {
	case 0:
		return due.Format("by 15:04 today")
	case 1:
		return due.Format("by 15:04 tomorrow")
	}
	return due.Format("by Monday, 2 January, 15:04")
}

// daysBetween counts the midnights from one date on the wall to another.
func daysBetween(from, to time.Time) int {
	date := func(t time.Time) time.Time {
		year, month, day := t.Date()
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	return int(date(to).Sub(date(from)) / (24 * time.Hour))
}

func name(text string) templates.Text { return templates.Text(headerText(text, maxName)) }

// names are the first of a list, with an ellipsis for the rest.
func names(list []string) []templates.Text {
	var out []templates.Text
	for _, text := range list {
		if len(out) == maxNames {
			return append(out, "…")
		}
		out = append(out, name(text))
	}
	return out
}
