package intake

import (
	"slices"
	"strings"

	"maildesk/parser"
	"maildesk/parser/command"
	"maildesk/tickets"
)

// technician decides on what IT wrote about a ticket: commands, and words that go out or stay inside.
func (w *work) technician(m *parser.Message, d *Decision) {
	if !w.mayChange(false) && (w.message != "" || !w.mayRunAll(m.Orders)) {
		w.hold(d)
		d.Reason += w.reached()
		return
	}
	if !w.orders(m.Orders, d) {
		d.Visibility = tickets.Internal
		d.Reason += w.reached()
		return
	}
	if w.mayChange(false) {
		w.fill(m.Form)
	}
	d.Away, d.Duties = w.away, w.duties
	w.hear()
	switch {
	case w.quiet:
		w.tell = nil
		d.Visibility = tickets.Internal
	case w.private != "":
		d.Visibility, d.Text = tickets.Private, w.private
		w.relayPrivate()
	case w.solution, w.question, w.reply:
		w.relay()
	case w.internal != "":
		d.Visibility, d.Text = tickets.Internal, w.internal
		w.relayInside()
	case w.message == "":
		d.Visibility = tickets.Internal
	case len(w.consulted) > 0: // the message has gone to those who are asked
		d.Visibility = tickets.Internal
	case staysInside[w.scene.Answers]:
		d.Visibility = tickets.Internal
		w.relayInside()
	default:
		w.relay()
	}
	if d.Text == "" && w.message != m.NewText {
		d.Text = w.message
	}
	w.consult()
	w.announce()
	w.inquire(d)
	w.receipt()
	d.Reason += w.reached()
}

// staysInside are the mails of ours to which a plain answer is for IT alone.
var staysInside = map[tickets.NoticeKind]bool{
	tickets.NoticeNote: true, tickets.NoticeUnreached: true, tickets.NoticeAnswer: true, tickets.NoticeHeld: true, tickets.NoticeUndone: true,
	tickets.NoticeApproval: true, tickets.NoticeAlert: true, tickets.NoticeUpdate: true, tickets.NoticeTimeline: true,
	tickets.NoticeSLAWarning: true, tickets.NoticeSLABreach: true,
}

// hold keeps back what may not be a technician's own mail, whole: nothing of it is run or passed on. Its supposed author
// is told at the address of record, and can release it.
func (w *work) hold(d *Decision) {
	d.Verdict, d.Entry, d.Visibility = tickets.VerdictHold, tickets.EntryHeld, tickets.Internal
	d.Text = "a mail in the name of " + w.sender.Address + " is held: nothing proves that it is theirs"
	d.Reason += "; held: nothing proves that " + w.sender.Address + " wrote it"
	if w.k.Sent.Held >= maxHeldHour {
		d.Reason += "; its author was told of others within the hour"
		return
	}
	missing := command.Text{Chinese: "既没有邮件服务器的验证结果，也不是回复我们发给您的邮件", English: "neither did the mail server vouch for it, nor does it answer a mail that we sent you"}
	if w.k.Trust.Require != "" && w.k.Trust.Require != "either" {
		missing = command.Text{Chinese: "没有通过邮件服务器的验证", English: "the mail server did not vouch for it"}
	}
	release := command.Text{Chinese: "是我写的，请处理", English: "It was me, go ahead"}
	w.add(Telling{Kind: tickets.NoticeHeld, To: w.sender, Lines: held(w.mail.Orders, w.mail.NewText), Reason: missing.In(w.lang),
		Buttons: []tickets.Button{{Purpose: "release", Command: release.In(w.lang)}}})
}

// held says what a mail that is held asks for.
func held(block command.Block, text string) []string {
	var lines []string
	for _, c := range block.Commands {
		lines = append(lines, c.Raw)
	}
	if len(lines) == 0 {
		lines = append(lines, clip(strings.Join(strings.Fields(text), " "), maxHeldLine))
	}
	return lines
}

// maxHeldHour is how many mails an hour tell a person of held ones.
const maxHeldHour = 5

const maxHeldLine = 80 // letters of a held mail's words that its supposed author is shown

// relay sends the technician's words to the requester and the watchers. Who writes to the requester has taken the ticket.
func (w *work) relay() {
	t := &w.ticket
	if !w.handed && (t.Status == tickets.New || t.Status == tickets.Assigned) {
		w.take()
		w.become(tickets.InProgress)
	}
	w.reaches()
	var heard []string
	readers := w.audience()
	for _, r := range readers {
		told := Telling{Kind: tickets.NoticeReply, To: r, Author: w.sender.called(), Text: w.message, Also: w.others(readers, r), Files: true}
		switch requester := w.scene.requester(r.Address); {
		case requester && w.solution:
			told.Kind, told.Buttons = tickets.NoticeResolved, confirming(r.Language)
		case requester && w.question:
			told.Kind = tickets.NoticeWaiting
		}
		w.add(told)
		heard = append(heard, r.called())
	}
	if r, ok := w.scene.reader(t.Requester.Address); ok && w.solution && w.copied(r.Address) {
		w.add(Telling{Kind: tickets.NoticeUnclear, To: r, Author: w.sender.called(), Silent: true, Buttons: confirming(r.Language)}) // the solution they have
		heard = append(heard, r.called())
	}
	if len(heard) > 0 {
		w.say("已发给 %s", "Sent to %s", strings.Join(heard, w.comma()))
	} else {
		w.say("收件人已在原邮件中，没有再发", "Everybody concerned was in To or Cc already, so it was not sent again")
	}
	if a := t.Assignee; a != nil && !tickets.SameAddress(a.Address, w.sender.Address) {
		w.toHandlers(tickets.NoticeMessage)
	}
}

// reaches notes that the requester hears from a technician, who is somebody else.
func (w *work) reaches() { w.answers = !w.scene.requester(w.sender.Address) }

// take makes the sender the assignee of a ticket that nobody has.
func (w *work) take() {
	if w.ticket.Assignee == nil {
		w.assign(tickets.Address{Name: w.sender.Name, Address: w.sender.Address})
	}
}

// audience is who a public reply goes to: the requester and the watchers who do not have it already.
func (w *work) audience() []Reader {
	addresses := []string{w.ticket.Requester.Address}
	for _, watcher := range w.ticket.Watchers {
		addresses = append(addresses, watcher.Address)
	}
	var out []Reader
	for _, address := range addresses {
		r, ok := w.scene.reader(address)
		if !ok {
			r = Reader{Address: address, Language: w.k.Unlabelled}
		}
		if !tickets.SameAddress(address, w.sender.Address) && !w.copied(address) && !slices.ContainsFunc(out, func(o Reader) bool { return tickets.SameAddress(o.Address, address) }) {
			out = append(out, r)
		}
	}
	return out
}

func (w *work) others(all []Reader, but Reader) []string {
	var names []string
	for _, r := range all {
		if r.Address != but.Address {
			names = append(names, r.called())
		}
	}
	return names
}

// relayPrivate sends the words to the requester alone.
func (w *work) relayPrivate() {
	r, ok := w.scene.reader(w.ticket.Requester.Address)
	if !ok {
		r = Reader{Address: w.ticket.Requester.Address, Name: w.ticket.Requester.Name, Language: w.k.Unlabelled}
	}
	w.reaches()
	if w.copied(r.Address) {
		w.say("%s 已在原邮件的收件人中，没有再发", "%s was in To or Cc already, so it was not sent again", r.called())
		return
	}
	w.add(Telling{Kind: tickets.NoticePrivate, To: r, Author: w.sender.called(), Text: w.private, Files: true})
	w.say("只发给了 %s", "Sent to %s alone", r.called())
}

// relayInside shows the words to who handles the ticket, and of a P0 to all who were alerted.
func (w *work) relayInside() {
	text := w.internal
	if text == "" {
		text = w.message
	}
	readers := w.scene.handlers(&w.ticket)
	if a := w.scene.Alerts; a != nil {
		readers = append(readers, slices.DeleteFunc(slices.Clone(a.Alerted), func(r Reader) bool { return w.scene.Confidential && !w.scene.may(r) })...)
	}
	for _, r := range readers { // who is among them twice gets one mail: add sees to that
		if !tickets.SameAddress(r.Address, w.sender.Address) && !w.copied(r.Address) {
			w.add(Telling{Kind: tickets.NoticeNote, To: r, Author: w.sender.called(), Text: text, Files: true})
		}
	}
	w.say("已记为内部备注，没有发给反馈人", "Noted inside IT; nothing went to the requester")
}

// receipt tells the technician what was done with their mail.
func (w *work) receipt() {
	if len(w.lines) == 0 {
		return
	}
	kind := tickets.NoticeReceipt
	if len(w.record) == 0 && w.asked {
		kind = tickets.NoticeAnswer
	}
	if len(w.done) > 0 && w.undoes == 0 && w.split == nil && w.ticket.ID != 0 {
		if slices.ContainsFunc(w.lines, func(line string) bool { return strings.Contains(line, "\t") }) {
			w.lines = append(w.lines, "") // what follows is none of the table
		}
		w.say("做错了？24 小时内回复“#撤销”就能取消。", "Wrong? Reply “#undo” within 24 hours.")
	}
	w.add(Telling{Kind: kind, To: w.sender, Silent: kind == tickets.NoticeReceipt, Lines: w.lines, Buttons: w.offers})
}

func (w *work) comma() string {
	if w.lang == tickets.Chinese {
		return "、"
	}
	return ", "
}
