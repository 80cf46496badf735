package timers

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"maildesk/tickets"
)

const (
	maxHits      = 50 // tickets of a search
	maxAccounted = 20 // mails of each kind that an account tells of
)

// hits are the tickets of a search as #list shows them, and below the words around what was found. Of a confidential one there is
// the number alone, even for those who may see it: this goes out by mail.
func (p Policy) hits(hits []tickets.Hit, q tickets.Question, lang tickets.Language) []string {
	w := answersIn(lang)
	if len(hits) == 0 {
		return []string{fmt.Sprintf(w.noHit, strings.Join(q.Words, " "))}
	}
	lines, excerpts := []string{w.hitHead}, []string(nil)
	for _, hit := range hits {
		t, subject, assignee := hit.Ticket, clip(cell(hit.Ticket.Subject)), ""
		if t.Assignee != nil {
			assignee = cmp.Or(t.Assignee.Name, t.Assignee.Address)
		}
		if p.Confidential != nil && p.Confidential(t.Group) {
			subject, hit.Excerpt = w.confidential, ""
		}
		lines = append(lines, strings.Join([]string{t.Number, t.Status.Name(lang), string(t.Priority), cell(assignee), subject}, "\t"))
		if hit.Excerpt != "" {
			excerpts = append(excerpts, t.Number+"  "+cell(hit.Excerpt))
		}
	}
	if len(excerpts) > 0 {
		lines = append(append(lines, ""), excerpts...)
	}
	if len(hits) == maxHits {
		lines = append(lines, "", fmt.Sprintf(w.moreHits, maxHits))
	}
	return lines
}

// account is what the ledger knows, the newest of it. The reason of commands that stood on no ticket quotes them, so it is for who
// gave them alone: they may be about tickets that others do not see.
func (p Policy) account(a tickets.LedgerAccount, q tickets.Question, to tickets.Person) []string {
	w := answersIn(to.Language)
	if a.Empty() {
		return []string{fmt.Sprintf(w.noMail, cmp.Or(q.Number, q.About))}
	}
	newest, older := a.Newest(maxAccounted)
	newest.Messages = slices.Clone(newest.Messages)
	for i := range newest.Messages {
		m := &newest.Messages[i]
		if m.Verdict == tickets.VerdictCommand && m.Ticket == 0 && !tickets.SameAddress(m.From.Address, to.Address) {
			m.Reason, m.Subject = "", ""
		}
	}
	var lines []string
	if older > 0 {
		lines = append(lines, fmt.Sprintf(w.older, older), "")
	}
	for _, told := range newest.Tell(to.Language, p.zone()) {
		lines = append(lines, cell(told.Line))
		for _, fact := range told.Facts {
			lines = append(lines, "  "+cell(fact.Name+w.colon+fact.Value))
		}
	}
	return lines
}

// figures are a report: what happened in the period, and what is open now.
func (p Policy) figures(f tickets.Figures, lang tickets.Language) []string {
	w := answersIn(lang)
	day := func(t time.Time) string { return t.In(p.zone()).Format(time.DateOnly) }
	lines := []string{fmt.Sprintf(w.period, day(f.From), day(f.Until.Add(-time.Nanosecond))), ""}
	for i, n := range []int{f.Opened, f.Resolved, f.Closed, f.Reopened} {
		lines = append(lines, w.counts[i]+w.colon+strconv.Itoa(n))
	}
	rating := w.unrated
	if f.Ratings > 0 {
		rating = fmt.Sprintf(w.rated, float64(f.Scores)/float64(f.Ratings), f.Ratings)
	}
	lines = append(lines, w.satisfaction+w.colon+rating, w.open+w.colon+strconv.Itoa(f.Open))
	table := func(head string, rows []string) {
		if len(rows) > 0 {
			lines = append(append(lines, "", head+"\t"+w.tickets), rows...)
		}
	}
	var statuses, categories, groups, load []string
	for _, s := range tickets.Statuses() {
		if n := f.ByStatus[s]; n > 0 {
			statuses = append(statuses, s.Name(lang)+"\t"+strconv.Itoa(n))
		}
	}
	for _, c := range append(tickets.Categories(), "") {
		if n := f.ByCategory[c]; n > 0 {
			categories = append(categories, cmp.Or(c.Name(lang), w.none)+"\t"+strconv.Itoa(n))
		}
	}
	for _, g := range slices.Sorted(maps.Keys(f.ByGroup)) {
		groups = append(groups, cell(cmp.Or(g, w.none))+"\t"+strconv.Itoa(f.ByGroup[g]))
	}
	for _, l := range f.Load {
		load = append(load, cell(cmp.Or(l.Assignee.Name, l.Assignee.Address, w.none))+"\t"+strconv.Itoa(l.Tickets))
	}
	table(w.status, statuses)
	table(w.category, categories)
	table(w.group, groups)
	table(w.technician, load)
	return append(lines, "", w.asSeen)
}

// answers are what answers say in a language.
type answers struct {
	failed, noHit, hitHead, confidential, moreHits                    string
	noMail, older, colon                                              string
	period, satisfaction, rated, unrated, open, tickets, none, asSeen string
	counts                                                            [4]string // opened, resolved, closed, reopened
	status, category, group, technician                               string
}

var answered = map[tickets.Language]answers{
	tickets.Chinese: {
		failed: "没能查到：查询几次都没有成功。请换个说法再试，或告诉系统管理员。",
		noHit:  "没有找到同时包含这些词的问题：%s", hitHead: "编号\t状态\t优先级\t处理人\t主题", confidential: "（保密）", moreHits: "只列出最新的 %d 个；多写一个词可以缩小范围。",
		noMail: "台账中没有您能看到的、与 %s 有关的邮件。", older: "更早的 %d 封略去。", colon: "：",
		period: "统计时段：%s 至 %s", satisfaction: "满意度", rated: "平均 %.1f 分（%d 个评价）", unrated: "没有评价", open: "目前未结束", tickets: "问题数", none: "（无）",
		asSeen: "只统计您能查看的问题。未结束包括已解决待确认和已确认的问题；处理人的数量只含尚待解决的。",
		counts: [4]string{"新登记", "已解决", "已关闭", "重新打开"}, status: "状态", category: "问题分类", group: "处理组", technician: "处理人",
	},
	tickets.English: {
		failed: "This could not be done: looking it up failed several times. Please ask in other words, or tell whoever runs the desk.",
		noHit:  "No ticket has all of these words: %s", hitHead: "Number\tStatus\tPriority\tAssignee\tSubject", confidential: "(confidential)",
		moreHits: "These are the newest %d; another word narrows it down.",
		noMail:   "The ledger has no mail by %s that you can see.", older: "%d older ones are left out.", colon: ": ",
		period: "Period: %s to %s", satisfaction: "Satisfaction", rated: "%.1f on average (ratings: %d)", unrated: "no ratings", open: "Open now", tickets: "Tickets", none: "(none)",
		asSeen: "This counts the tickets that you can see. Open includes what is resolved or confirmed and not closed yet; a technician's number is what is still to be solved.",
		counts: [4]string{"Opened", "Resolved", "Closed", "Reopened"}, status: "Status", category: "Category", group: "Group", technician: "Technician",
	},
}

// answersIn returns what answers say in a language, in English for one that has no words.
func answersIn(lang tickets.Language) answers {
	if w, known := answered[lang]; known {
		return w
	}
	return answered[tickets.English]
}
