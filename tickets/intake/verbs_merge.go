package intake

import (
	"slices"

	"maildesk/parser/command"
	"maildesk/tickets"
)

// runMerge makes the ticket an alias of another: what comes for it goes there from now on, and its requester watches that.
func (w *work) runMerge(c command.Command) *tickets.RuleError {
	number, _, ok := command.ReadNumber(w.k.Prefix, c.Args)
	other := w.k.Others[number]
	switch {
	case !ok || other == nil:
		return rule("没有您能看到的问题 "+clip(c.Args, 40), "there is no ticket "+clip(c.Args, 40)+" that you can see")
	case other.Ticket.ID == w.ticket.ID:
		return rule("不能与自己合并", "a ticket is not merged with itself")
	case other.Confidential != w.scene.Confidential:
		return rule("保密组的问题与其他问题不能合并", "a confidential ticket is not merged with one that is not")
	case !other.Ticket.Status.Open():
		return rule(number+" 已经结束，不能并入", number+" is over; nothing is merged into it")
	}
	if refused := w.become(tickets.Merged); refused != nil {
		return refused
	}
	w.ticket.MergedInto = number
	w.note("merged into " + number)
	w.link(number)
	there := w.on(other)
	there.link(w.ticket.Number)
	there.note(w.ticket.Number + " merged into this")
	for _, who := range append([]tickets.Address{w.ticket.Requester.Mailbox()}, w.ticket.Watchers...) {
		there.watch(who)
	}
	w.keep(there)
	w.tellRequester(func(lang tickets.Language) string {
		return command.Text{Chinese: "您的问题已并入 " + number + "，后续进展会在那个编号下通知您。",
			English: "Your ticket is now part of " + number + ", under which you will hear of it."}.In(lang)
	})
	w.say("已并入 %s", "Merged into %s", number)
	return nil
}

// watch makes somebody a watcher, unless they are the requester or watch already.
func (w *work) watch(who tickets.Address) {
	if who.Address == "" || w.scene.requester(who.Address) ||
		slices.ContainsFunc(w.ticket.Watchers, func(a tickets.Address) bool { return tickets.SameAddress(a.Address, who.Address) }) {
		return
	}
	w.ticket.Watchers = append(w.ticket.Watchers, who)
	w.note("watcher: " + who.Address)
}
