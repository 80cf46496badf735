package demo

import (
	"context"
	"fmt"
	"strings"

	"maildesk/tickets"
)

// labels begin the subjects of mails that come by time, not because somebody wrote.
var labels = map[tickets.NoticeKind]string{tickets.NoticeAlert: "【P0 告警】", tickets.NoticeTimeline: "【P0 复盘】"}

// comes expects a mail of a ticket to reach a person though nobody has written to the desk.
func (s *story) comes(who person, kind tickets.NoticeKind, ticket string) {
	s.step(func(ctx context.Context) error {
		notice, err := s.inboxes[who.Address].await(ctx, 1, func(l letter) bool {
			return strings.HasPrefix(l.Subject, labels[kind]+"["+ticket+"] ")
		})
		if err != nil {
			return fmt.Errorf("wait for the %s in the INBOX of %s: %w", kind, who.Name, err)
		}
		s.read[to(who, kind)] = notice
		s.tell.answer(who.Name, notice.Subject, fmt.Sprintf("%s, %s", kind, who.Language))
		if kind != tickets.NoticeAlert {
			s.answered++
		}
		return nil
	})
}

// tellsAlerts says how often the desk has alerted of a ticket: how many rungs there were is a matter of seconds.
func (s *story) tellsAlerts(ticket string) {
	s.step(func(ctx context.Context) error {
		written, err := s.desk.Store.Outbox(ctx, "")
		if err != nil {
			return err
		}
		alerts := 0
		for _, o := range written {
			if o.Number == ticket && o.Kind == tickets.NoticeAlert {
				alerts++
			}
		}
		s.answered += alerts
		s.tell.checked("alerts  %d, and no more", alerts)
		return want(alerts >= 3, "there were %d alerts", alerts)
	})
}
