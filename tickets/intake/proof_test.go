package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"maildesk/tickets"
	"maildesk/tickets/intake"
)

const zhaoqiang = "zhaoqiang@corp.example" // a technician of the confidential group

// button is the line that a button of our newest mail to somebody fills in.
func (d *trial) button(number, to, purpose string) string {
	d.t.Helper()
	ours := d.newest(number, to)
	return fmt.Sprintf("[%s %s]", number, d.Keys.Token(number, ours.Entry, to, purpose))
}

// Who presses a button and copies others gives it away: it is good no more.
func TestAButtonThatOthersHaveSeen(t *testing.T) {
	for _, c := range []struct {
		name, first, cc string
		want            tickets.Status
	}{
		{"pressed for the first time", "", "", tickets.Confirmed},
		{"pressed before, to the desk alone", zhangsan, "", tickets.Confirmed},
		{"pressed before with others in Cc", zhangsan, lina, tickets.InProgress},
	} {
		t.Run(c.name, func(t *testing.T) {
			onTrial(t, func(d *trial) {
				one, _ := ordering(d)
				d.Policy.AuthservID = ""
				resolve := func() {
					d.post("From: "+liwei, "Subject: Re: ["+one+"] x", "In-Reply-To: <"+d.newest(one, liwei).MessageID+">", "", "#解决 密码已重置")
				}
				resolve()
				unsolved, confirm := d.button(one, zhangsan, "unsolved"), d.button(one, zhangsan, "confirm")
				if c.first != "" {
					header := []string{"From: " + c.first, "Subject: 没解决"}
					if c.cc != "" {
						header = append(header, "Cc: "+c.cc)
					}
					d.post(append(header, "", "#未解决\r\n\r\n"+unsolved)...)
					if d.find(one).Status != tickets.Resolved {
						d.post("From: "+liwei, "Subject: Re: ["+one+"] x", "In-Reply-To: <"+d.newest(one, liwei).MessageID+">", "", "#解决 又重置了")
					}
				}
				d.post("From: "+zhangsan, "Subject: 已解决", "", "#确认\r\n\r\n"+confirm)
				got := d.find(one).Status
				if c.want == tickets.InProgress { // whatever it is, it is not confirmed
					if got == tickets.Confirmed {
						t.Errorf("a button that %s has seen confirms", c.cc+c.first)
					}
				} else if got != c.want {
					t.Errorf("it is %s", got)
				}
			})
		})
	}
}

// A technician is one person from whichever of their addresses they write.
func TestATokenIsGoodFromEveryAddressOfItsOwner(t *testing.T) {
	onTrial(t, func(d *trial) {
		const alias = "li.wei@it.corp.example"
		d.Policy.Technicians[0].Aliases = []string{alias}
		one, _ := ordering(d)
		d.Policy.AuthservID = ""
		ours := "In-Reply-To: <" + d.newest(one, liwei).MessageID + ">"
		for i, from := range []string{alias, liwei, alias} {
			d.post("From: "+from, "Subject: Re: ["+one+"] x", ours, "", "#工时 10分钟")
			if got, want := d.find(one).Minutes, 10*(i+1); got != want {
				t.Fatalf("mail %d, from %s: %d minutes, want %d", i+1, from, got, want)
			}
		}
	})
}

// hushed is a desk with 张三's ticket in a confidential group, of which 李伟 is no member.
func hushed(d *trial) string {
	d.Policy.Technicians = append(d.Policy.Technicians, intake.Technician{Person: tickets.Person{Name: "赵强", Address: zhaoqiang, Language: tickets.Chinese}})
	d.Policy.Groups = append(d.Policy.Groups, tickets.Group{Name: "security", Categories: []tickets.Category{tickets.Security}, Confidential: true,
		Members: []tickets.Address{{Name: "赵强", Address: zhaoqiang}}})
	ordering(d) // the first number stands in examples
	number := d.post(passed, "From: "+zhangsan, "Subject: 收到钓鱼邮件", "", "今天收到一封钓鱼邮件，我点开了链接并输入了密码，电脑可能中了病毒。").Number
	if got := d.find(number); got.Group != "security" {
		d.t.Fatalf("it went to group %q", got.Group)
	}
	return number
}

// Of a confidential ticket nobody learns who is not in its group and no manager, not even that it exists.
func TestAConfidentialTicketIsNoneToOtherTechnicians(t *testing.T) {
	for _, subject := range []string{"你好", "Re: [{n}] x"} {
		for _, text := range []string{"#查询", "#{n} 查询", "#查询 {n}", "#备注 看一下", "#{n} 接单", "#关联 {n}", "#列表 全部", "#{n} 关闭 没人回", "#{n} 合并 {n}", "#撤销", "这件事请问现在怎么样了？"} {
			t.Run(subject+text, func(t *testing.T) {
				t.Parallel()
				onTrial(t, func(d *trial) {
					number := hushed(d)
					before := fingerprint(d.find(number))
					if a, b := d.answerAbout(liwei, passed, subject, text, number, number), d.answerAbout(liwei, passed, subject, text, number, "IT20231115999"); a != b {
						t.Errorf("about the confidential ticket he is answered\n%s\nabout none\n%s", a, b)
					}
					if after := fingerprint(d.find(number)); after != before {
						t.Errorf("it became\n%s", after)
					}
				})
			})
		}
	}
}

// A token leads to its ticket, and gives no right that its bearer has not.
func TestAConfidentialTicketByAnothersToken(t *testing.T) {
	for _, c := range []struct {
		from string
		may  bool
	}{{liwei, false}, {zhaoqiang, true}, {wangfang, true}} {
		t.Run(c.from, func(t *testing.T) {
			onTrial(t, func(d *trial) {
				number := hushed(d)
				ours := "In-Reply-To: <" + d.newest(number, zhangsan).MessageID + ">"
				got := d.post(passed, "From: "+c.from, "Subject: Re: x", ours, "", "#优先级 P2")
				if may := d.find(number).Priority == tickets.P2; may != c.may {
					t.Errorf("the priority is set: %v; %s", may, got.Reason)
				}
				for _, o := range got.out {
					if o.Recipient == liwei && strings.Contains(string(o.Raw), number) {
						t.Errorf("he is told of it (%s)", o.Kind)
					}
				}
			})
		})
	}
}
