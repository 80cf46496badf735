package intake

import (
	"fmt"
	"strings"

	"maildesk/parser/command"
	"maildesk/tickets"
)

// orders runs the commands of a mail, all of them or none, and reports whether they ran. When one is wrong, the sender
// gets them all back, with what is wrong at each.
func (w *work) orders(block command.Block, d *Decision) bool {
	if tooMany(block) {
		d.Reason += "; its commands are not run: there are too many"
		w.refuse(w.limit())
		return false
	}
	var lines []string
	wrong := len(block.Stray) > 0
	for _, c := range block.Commands {
		refused := w.order(c)
		if refused != nil {
			wrong = true
			lines = append(lines, fmt.Sprintf("✗ %s — %s", c.Raw, refused.In(w.lang)))
		} else {
			lines = append(lines, fmt.Sprintf(command.Text{Chinese: "○ %s（未执行）", English: "○ %s (not run)"}.In(w.lang), c.Raw))
		}
	}
	for _, u := range block.Unknown {
		wrong = true
		lines = append(lines, fmt.Sprintf("✗ %s — %s", u.Raw, unknown(u, w.lang)))
	}
	for _, c := range block.Stray {
		lines = append(lines, fmt.Sprintf("✗ %s — %s", c.Raw, command.Text{
			Chinese: "命令要写在邮件最上面；写在正文后面的不执行",
			English: "commands stand at the top of the mail; below other text they are not run"}.In(w.lang)))
	}
	if wrong {
		d.Reason += "; its commands are not run: one of them is wrong"
		w.refuse(lines...)
	}
	return !wrong
}

// maxOrders is how many commands a mail may give.
const maxOrders = 50

// limit says how many commands a mail may give.
func (w *work) limit() string {
	most := command.Text{Chinese: "一封邮件最多 %d 条命令", English: "a mail may give %d commands at the most"}
	if w.k.Digest != nil {
		most = command.Text{Chinese: "一封邮件最多 %d 条命令，列表的每一行算一条；请分几封邮件回复",
			English: "a mail may give %d commands at the most, and each line of the list counts as one: please answer in several mails"}
	}
	return fmt.Sprintf(most.In(w.lang), maxOrders)
}

func tooMany(block command.Block) bool { return len(block.Commands) > maxOrders }

func unknown(u command.Unknown, lang tickets.Language) string {
	if u.Word == "" {
		return command.Text{Chinese: "请在行号后写上命令，例如：1-2 关闭 无回复", English: "please write a command behind the lines, such as: 1-2 close no answer"}.In(lang)
	}
	if len(u.Suggestions) == 0 {
		return command.Text{Chinese: "没有这个命令；#帮助 列出全部命令", English: "there is no such command; #help lists them all"}.In(lang)
	}
	suggested := make([]string, len(u.Suggestions)) // the mail may be decided on again
	for i, s := range u.Suggestions {
		suggested[i] = "#" + s
	}
	return fmt.Sprintf(command.Text{Chinese: "没有这个命令。是不是 %s？", English: "there is no such command. Did you mean %s?"}.In(lang),
		strings.Join(suggested, command.Text{Chinese: " 或 ", English: " or "}.In(lang)))
}

// order runs one command on its ticket.
func (w *work) order(c command.Command) *tickets.RuleError {
	verb, _ := command.Find(c.Verb)
	run, ok := runs[c.Verb]
	switch {
	case c.Lines != nil:
		return w.k.noLine(c.Lines)
	case !ok:
		return rule("这个版本还不支持此命令", "this version does not have the command yet")
	case c.Number != "" && !strings.EqualFold(c.Number, w.ticket.Number):
		return w.elsewhere(c)
	case w.ticket.ID == 0 && !reads[c.Verb] && c.Verb != "away" && c.Verb != "oncall":
		return rule("请写明问题编号，例如：#IT20231115001 "+verb.Chinese[0], "please name the ticket, for example: #IT20231115001 "+verb.English[0])
	case !verb.Who.Has(w.asking()):
		return w.notAllowed(verb)
	case !w.mayRun(verb, c.Args):
		return w.k.lacks(verb)
	case c.Args == "" && !verb.Optional && wantsArgument(verb):
		return w.incomplete(verb)
	}
	if refused := run(w, c); refused != nil {
		return refused
	}
	switch {
	case reads[c.Verb]:
	case c.Verb == "ack", c.Verb == "oncall", c.Verb == "away": // the ticket is as it was, so there is nothing to take back
	case verb.Argument == command.Internal: // its words are kept where they belong, and nowhere else
		w.done = append(w.done, "#"+verb.Name(c.Language))
	default:
		w.done = append(w.done, c.Raw)
	}
	return nil
}

// asking are the roles in which the sender gives a command. Without a ticket anybody may be the requester of theirs.
func (w *work) asking() command.Roles {
	if w.ticket.ID == 0 {
		return w.roles | command.Requester
	}
	return w.roles
}

// lacks says which proof a command would need.
func (k Known) lacks(verb command.Verb) *tickets.RuleError {
	if verb.Strict && k.Trust.Server {
		return rule("此命令需要邮件服务器对发件人的验证（DMARC），这封邮件没有", "this command needs the mail server to vouch for its sender (DMARC), which it did not")
	}
	return rule("无法确认是您本人所写：请直接回复我们发给您的邮件", "nothing proves that it was you: please reply to a mail that we sent you")
}

// wantsArgument reports that a verb means nothing without words. What ends the commands may have them in the message.
func wantsArgument(verb command.Verb) bool {
	return verb.Argument != command.None && verb.Argument != command.Message && verb.Argument != command.Comment
}

func (w *work) incomplete(verb command.Verb) *tickets.RuleError {
	return rule("请写全，例如："+verb.Example.Chinese, "it needs more, for example: "+verb.Example.English)
}

func (w *work) notAllowed(verb command.Verb) *tickets.RuleError {
	switch {
	case !verb.Who.Has(command.Technician | command.Requester | command.Watcher):
		return rule("只有负责人可以使用", "only a manager can do this")
	case verb.Who == command.Requester:
		return rule("只有反馈人本人可以使用", "only the requester can do this")
	case !verb.Who.Has(command.Requester | command.Watcher):
		return rule("只有处理人可以使用", "only a technician can do this")
	}
	return rule("您不能在这个问题上使用此命令", "you cannot do this on this ticket")
}

// elsewhere runs a command that names another ticket there. Whether that ticket exists is only said to who may see it.
func (w *work) elsewhere(c command.Command) *tickets.RuleError {
	other := w.k.Others[strings.ToUpper(c.Number)]
	if other == nil {
		return rule("没有您可以处理的问题 "+c.Number, "there is no ticket "+c.Number+" that you can act on")
	}
	there := w.on(other)
	c.Number = ""
	if verb, _ := command.Find(c.Verb); verb.Argument == command.Message {
		there.message = strings.TrimSpace(c.Args)
	}
	if refused := there.order(c); refused != nil {
		return refused
	}
	there.finish()
	for _, line := range there.lines {
		w.lines = append(w.lines, other.Ticket.Number+" "+line)
	}
	w.keep(there)
	return nil
}

// on is the work on another ticket that the mail names, as far as it has come.
func (w *work) on(other *Scene) *work {
	there := newWork(w.k, other, w.mail, w.lang)
	there.message = ""
	if w.main != nil {
		w = w.main
	}
	there.main = w
	if other.Ticket.ID == w.ticket.ID {
		there.ticket = copyOf(w.ticket)
	}
	for _, m := range w.aside {
		if m.Ticket == other.Ticket.ID {
			if m.After != nil {
				there.ticket = copyOf(*m.After)
			}
			there.record, there.tell, there.said, there.undoes = m.Record, m.Tell, m.Words, m.Undoes
			there.split, there.answers, there.climbed = m.Split, m.Answers, m.Climb
			if m.Orders != "" {
				there.done = []string{m.Orders}
			}
		}
	}
	return there
}

// keep puts the work on another ticket beside that on the mail's own.
func (w *work) keep(there *work) {
	w = there.main
	if there.ticket.ID == w.ticket.ID {
		w.ticket, w.record = there.ticket, append(w.record, there.record...)
		w.answers, w.acks, w.heard = w.answers || there.answers, w.acks || there.acks, w.heard || there.heard
		if there.split != nil {
			w.split = there.split
		}
		return
	}
	moved := there.move()
	moved.Words = append(there.said, there.words()...)
	for i, m := range w.aside {
		if m.Ticket == there.ticket.ID {
			w.aside[i] = moved
			return
		}
	}
	w.aside = append(w.aside, moved)
}

// finish passes on what a command on another ticket says.
func (w *work) finish() {
	switch {
	case w.private != "":
		w.relayPrivate()
	case w.solution, w.question, w.reply:
		w.relay()
	case w.internal != "":
		w.relayInside()
	}
	w.consult()
	w.announce()
}

// words are what the mail says on another ticket; nil when nothing.
func (w *work) words() []Words {
	switch {
	case w.private != "":
		return []Words{{Text: w.private, Visibility: tickets.Private}}
	case w.internal != "":
		return []Words{{Text: w.internal, Visibility: tickets.Internal}}
	case w.message != "":
		return []Words{{Text: w.message, Visibility: tickets.Public}}
	}
	return nil
}
