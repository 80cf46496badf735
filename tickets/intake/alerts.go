package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"maildesk/parser"
	"maildesk/parser/command"
	"maildesk/tickets"
)

// Alerts is how the alerts of a P0 stand.
type Alerts struct {
	tickets.Climb
	Ringing bool     `json:"ringing,omitempty"` // nobody has acknowledged it
	Alerted []Reader `json:"alerted,omitempty"`
}

// alerted reports whether somebody was alerted.
func (a *Alerts) alerted(address string) bool {
	return a != nil && slices.ContainsFunc(a.Alerted, func(r Reader) bool { return tickets.SameAddress(r.Address, address) })
}

// alerts looks at the alerts of a ticket that keeps people awake.
func (l lookup) alerts(s *Scene) error {
	if !s.Ticket.Alerts() {
		return nil
	}
	timers, err := l.tx.TimersOf(s.Ticket.ID)
	if err != nil {
		return err
	}
	for _, t := range timers {
		if t.Kind != tickets.TimerAlert && t.Kind != tickets.TimerUpdate {
			continue
		}
		s.Alerts = &Alerts{Ringing: t.Kind == tickets.TimerAlert}
		if err := json.Unmarshal([]byte(t.Data), &s.Alerts.Climb); err != nil {
			return fmt.Errorf("read how far the alerts of %s have come: %w", s.Ticket.Number, err)
		}
	}
	if s.Alerts == nil {
		return nil
	}
	alerted, err := l.tx.Alerted(s.Ticket.ID)
	if err != nil {
		return err
	}
	for _, who := range alerted {
		r, err := l.reader(who)
		if err != nil {
			return err
		}
		s.Alerts.Alerted = append(s.Alerts.Alerted, r)
	}
	return nil
}

// runAck ends the alerts: the sender sees to the P0.
func (w *work) runAck(command.Command) *tickets.RuleError {
	switch a := w.scene.Alerts; {
	case a == nil:
		return rule("这个问题没有在告警", "no alert of this ticket waits to be acknowledged")
	case !a.Ringing: // their answer to the question how it stands
		w.heard = true
		w.say("%s 已经确认了", "%s has acknowledged it already", a.By)
	default:
		w.acknowledge()
	}
	return nil
}

// acknowledge ends the alerts, and tells the others who were alerted.
func (w *work) acknowledge() {
	if w.acks {
		return
	}
	w.acks = true
	w.note("alert acknowledged by " + w.sender.Address)
	w.say("已确认告警，不再通知其他人；每 %d 分钟请回复一次进展", "Acknowledged: nobody else is alerted. Please write every %d minutes how it stands", int(tickets.UpdateEvery/time.Minute))
	for _, r := range w.scene.Alerts.Alerted {
		if !tickets.SameAddress(r.Address, w.sender.Address) {
			w.add(Telling{Kind: tickets.NoticeNote, To: r, Silent: true, Lines: []string{
				fmt.Sprintf(command.Text{Chinese: "%s 已确认告警，正在处理。", English: "%s has acknowledged the alert and sees to it."}.In(r.Language), w.sender.called())}})
		}
	}
}

// hear takes a technician's mail on a P0 for what it is beside its words: an alerted person's acknowledgement, and word of
// how it stands.
func (w *work) hear() {
	a := w.scene.Alerts
	switch {
	case a == nil || !w.mayChange(false):
	case a.Ringing && a.alerted(w.sender.Address):
		w.acknowledge()
	case !a.Ringing:
		w.heard = true
	}
}

// tend sets the timers of a P0 after a mail: by acknowledging it somebody is asked how it stands from then on, and every
// word of theirs puts the next question off.
func (a *application) tend(m Move, ticket *tickets.Ticket) error {
	if m.Climb == nil || !ticket.Alerts() {
		return nil
	}
	if err := a.tx.DropTimers(ticket.ID, tickets.TimerAlert); err != nil {
		return err
	}
	if err := a.tx.Withdraw(ticket.ID, "", tickets.NoticeAlert); err != nil {
		return err
	}
	data, err := json.Marshal(m.Climb)
	if err != nil {
		return fmt.Errorf("store how far the alerts have come: %w", err)
	}
	return a.tx.SetTimer(tickets.Timer{Kind: tickets.TimerUpdate, Ticket: ticket.ID, Due: a.now.Add(tickets.UpdateEvery), Data: string(data)})
}

// onCall takes the mail of who was alerted of a confidential P0 and may not see it: they acknowledge it, and their words go to who
// may.
func (w *work) onCall(m *parser.Message, d *Decision) {
	d.Visibility = tickets.Internal
	if w.orders(m.Orders, d) {
		w.hear()
		w.toHandlers(tickets.NoticeNote)
		w.receipt()
	}
	d.Reason += w.reached()
}

// climb is how the alerts stand after the mail; nil when it changes nothing about them.
func (w *work) climb() *tickets.Climb {
	switch {
	case w.acks:
		return &tickets.Climb{Rung: max(0, w.scene.Alerts.Rung-1), By: w.sender.Address} // the timer has the rung to come
	case w.heard:
		return &tickets.Climb{Rung: w.scene.Alerts.Rung, By: w.scene.Alerts.By}
	}
	return w.climbed
}

// Duty is a time in which somebody is on call in place of whose turn it is.
type Duty struct {
	Person string    `json:"person"` // address
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`
}

// runOnCall lets a technician be on call for some days.
func (w *work) runOnCall(c command.Command) *tickets.RuleError {
	name, from, until, ok := command.ReadTurn(c.Args, w.k.Now)
	if !ok {
		return rule("请写人名和将来的日期，例如：#换班 李伟 2023-11-20 至 2023-11-24", "please write who and dates to come, for example: #oncall liwei 2023-11-20 to 2023-11-24")
	}
	who, refused := w.person(name)
	if refused != nil {
		return refused
	}
	if !who.Technician {
		return rule(who.called()+" 不是处理人", who.called()+" is no technician")
	}
	main := w
	if w.main != nil {
		main = w.main
	}
	main.duties = append(main.duties, Duty{Person: who.Address, From: from, Until: until})
	w.say("%s 至 %s 由 %s 值班", "On call from %s until %s: %s", w.k.local(from), w.k.local(until), who.called())
	if !tickets.SameAddress(who.Address, w.sender.Address) {
		line := command.Text{Chinese: "%s 安排您在 %s 至 %s 值班。", English: "%s has put you on call from %s until %s."}.In(who.Language)
		w.add(Telling{Kind: tickets.NoticeNote, To: Reader{Name: who.Name, Address: who.Address, Language: who.Language, Technician: true}, Silent: true,
			Lines: []string{fmt.Sprintf(line, w.sender.called(), w.k.local(from), w.k.local(until))}})
	}
	return nil
}
