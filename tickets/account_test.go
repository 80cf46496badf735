package tickets_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

var account = tickets.LedgerAccount{
	Messages: []tickets.Accounted{{
		LedgerMessage: tickets.LedgerMessage{ID: 7, HeaderID: "erp@corp.example", From: tickets.Address{Address: "zhangsan@corp.example"}, Subject: "ERP",
			Verdict: tickets.VerdictOpen, Reason: "a new problem", Number: "IT20231115001", Now: time.Date(2023, 11, 15, 1, 30, 0, 0, time.UTC)},
		Sightings: []tickets.Sighting{{Source: "helpdesk", Folder: "INBOX", UIDValidity: 1, UID: 9, Verdict: tickets.VerdictOpen, At: time.Date(2023, 11, 15, 1, 30, 0, 0, time.UTC)}},
	}},
	Unread: []tickets.Sighting{{Source: "deliver", Verdict: tickets.VerdictFail, Reason: "too large", From: "lina@corp.example", Subject: "Video",
		At: time.Date(2023, 11, 15, 1, 31, 0, 0, time.UTC), Acknowledged: time.Date(2023, 11, 15, 1, 31, 0, 0, time.UTC)}},
	Outgoing: []tickets.OutboxItem{{Outgoing: tickets.Outgoing{Kind: tickets.NoticeConfirmation, Recipient: "zhangsan@corp.example", MessageID: "o@corp.example"},
		Number: "IT20231115001", State: tickets.Failed, Response: "550 5.1.1\nno such user", CreatedAt: time.Date(2023, 11, 15, 1, 30, 0, 0, time.UTC)}},
}

func TestAnAccountInWords(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	for lang, want := range map[tickets.Language]string{
		tickets.English: `2023-11-15 09:30:00  mail 7 from zhangsan@corp.example: ERP
Message-ID=<erp@corp.example>
verdict=open
ticket=IT20231115001
reason=a new problem
seen=helpdesk INBOX, UID 9 (UIDVALIDITY 1): open, 2023-11-15 09:30:00; the server has not been told yet
2023-11-15 09:31:00  mail from lina@corp.example, not read: Video
verdict=fail
reason=too large
seen=deliver: fail, 2023-11-15 09:31:00; done with at 2023-11-15 09:31:00
2023-11-15 09:30:00  we wrote to zhangsan@corp.example: confirmation
Message-ID=<o@corp.example>
ticket=IT20231115001
state=failed
server said=550 5.1.1 no such user`,
		tickets.Chinese: `2023-11-15 09:30:00  来信 7，发件人 zhangsan@corp.example：ERP
Message-ID=<erp@corp.example>
结论=新建问题
问题编号=IT20231115001
原因=a new problem
出现=helpdesk INBOX，UID 9（UIDVALIDITY 1）：新建问题，2023-11-15 09:30:00；尚未告知邮件服务器
2023-11-15 09:31:00  未读取的来信，发件人 lina@corp.example：Video
结论=隔离
原因=too large
出现=deliver：隔离，2023-11-15 09:31:00；2023-11-15 09:31:00 处理完毕
2023-11-15 09:30:00  我们发给 zhangsan@corp.example：confirmation
Message-ID=<o@corp.example>
问题编号=IT20231115001
投递状态=失败
服务器答复=550 5.1.1 no such user`,
	} {
		var got []string
		for _, told := range account.Tell(lang, zone) {
			got = append(got, told.Line)
			for _, fact := range told.Facts {
				got = append(got, fact.Name+"="+fact.Value)
			}
		}
		if have := strings.Join(got, "\n"); have != want {
			t.Errorf("in %s:\n%s\nwant:\n%s", lang, have, want)
		}
	}
}

func TestTheNewestOfAnAccount(t *testing.T) {
	many := tickets.LedgerAccount{Outgoing: make([]tickets.OutboxItem, 5), Unread: make([]tickets.Sighting, 2)}
	many.Outgoing[4].ID = 5
	newest, older := many.Newest(2)
	if older != 3 || len(newest.Outgoing) != 2 || newest.Outgoing[1].ID != 5 || len(newest.Unread) != 2 || newest.Empty() {
		t.Errorf("%d older than %+v", older, newest)
	}
	if !(tickets.LedgerAccount{}).Empty() {
		t.Error("nothing is something")
	}
}

func TestStepsOfARecord(t *testing.T) {
	for _, c := range []struct{ name, record, want string }{
		{"a step", tickets.Step(tickets.InProgress, tickets.Resolved), "[[in_progress resolved]]"},
		{"two among others", "assignee: liwei@corp.example\nstatus: new → assigned\r\nstatus: assigned → in_progress\nfix recorded", "[[new assigned] [assigned in_progress]]"},
		{"somebody's words behind ours", "closed without confirmation: status: resolved → closed", "[]"},
		{"more on its line", "status: resolved → closed, they say", "[]"},
		{"no status", "status: mended → closed", "[]"},
		{"none", "", "[]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fmt.Sprint(slices.Clip(tickets.Steps(c.record))); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
