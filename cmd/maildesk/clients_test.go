package main

import (
	"fmt"
	"strings"

	"maildesk/tickets"
)

// answered is what a mail program makes of an answer.
type answered struct {
	subject, text string
	forgets       bool // In-Reply-To and References
}

// clients are mail programs by what they do to an answer: how they quote, sign and call it, and which fields they drop.
// "" is the plain one of the person's language.
var clients = map[string]func(person, received, string) answered{
	"": plainClient,
	"bare": func(_ person, re received, text string) answered {
		return answered{subject: "Re: " + re.Subject, text: text}
	},
	"outlook": outlook,
	"qq":      qq,
	"gmail":   gmail,
	"iphone":  iphone,
	"netease": netease,
}

func plainClient(p person, re received, text string) answered {
	if p.language == tickets.Chinese {
		return netease(p, re, text)
	}
	return gmail(p, re, text)
}

func (p person) signed(text string) string {
	return text + "\n\n-- \n" + p.name + "\n" + p.position + "\n"
}

func quoted(text string) string {
	return "> " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n> ") + "\n"
}

func desk(re received) string { return re.From.Name + " <" + re.From.Address + ">" }

// netease is the web mail of NetEase (163.com).
func netease(p person, re received, text string) answered {
	return answered{subject: "回复：" + re.Subject,
		text: fmt.Sprintf("%s\n\n\n在 2023-11-15 09:41:02，\"%s\" <%s> 写道：\n\n%s", p.signed(text), re.From.Name, re.From.Address, quoted(re.Text))}
}

func gmail(p person, re received, text string) answered {
	said := "On Wed, Nov 15, 2023 at 9:41 AM " + desk(re) + " wrote:"
	if p.language == tickets.Chinese {
		said = desk(re) + " 于2023年11月15日周三 09:41写道："
	}
	return answered{subject: "Re: " + re.Subject, text: fmt.Sprintf("%s\n\n%s\n\n%s", text, said, quoted(re.Text))}
}

func outlook(p person, re received, text string) answered {
	const rule = "\n________________________________\n"
	if p.language == tickets.Chinese {
		return answered{subject: "答复: " + re.Subject, text: fmt.Sprintf("%s\n\n%s\n%s%s发件人: %s\n发送时间: 2023年11月15日 9:41\n收件人: %s <%s>\n主题: %s\n\n%s",
			text, p.name, p.position, rule, desk(re), p.name, p.address, re.Subject, re.Text)}
	}
	return answered{subject: "RE: " + re.Subject, text: fmt.Sprintf("%s\n\n%s\n%s%sFrom: %s\nSent: Wednesday, November 15, 2023 9:41 AM\nTo: %s <%s>\nSubject: %s\n\n%s",
		text, p.name, p.position, rule, desk(re), p.name, p.address, re.Subject, re.Text)}
}

// qq drops the fields of threads, as its web mail does.
func qq(p person, re received, text string) answered {
	return answered{forgets: true, subject: "回复：" + re.Subject, text: fmt.Sprintf("%s\n\n\n\n------------------ 原始邮件 ------------------\n"+
		"发件人: \"%s\" <%s>;\n发送时间: 2023年11月15日(星期三) 上午9:41\n收件人: \"%s\" <%s>;\n主题: %s\n\n%s",
		text, re.From.Name, re.From.Address, p.name, p.address, re.Subject, re.Text)}
}

// iphone drops them, too, as Apple's sometimes does.
func iphone(p person, re received, text string) answered {
	if p.language == tickets.Chinese {
		return answered{forgets: true, subject: "回复：" + re.Subject,
			text: fmt.Sprintf("%s\n\n发自我的 iPhone\n\n> 在 2023年11月15日，09:41，%s 写道：\n> \n%s", text, desk(re), quoted(re.Text))}
	}
	return answered{forgets: true, subject: "Re: " + re.Subject,
		text: fmt.Sprintf("%s\n\nSent from my iPhone\n\n> On Nov 15, 2023, at 9:41 AM, %s wrote:\n> \n%s", text, desk(re), quoted(re.Text))}
}
