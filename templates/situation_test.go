package templates

import (
	"strings"
	"testing"

	"maildesk/tickets"
)

// TestWordsFitTheSituation looks at kinds of mail that go out in more than one situation, or that may lack what they mostly have.
func TestWordsFitTheSituation(t *testing.T) {
	set := load(t)
	zh, en := tickets.Chinese, tickets.English
	for name, c := range map[string]struct {
		kind        tickets.NoticeKind
		lang        tickets.Language
		set         func(*Data)
		has, hasNot []string
	}{
		"asked without proof": {tickets.NoticeUnclear, zh, func(d *Data) { d.Reason = "没能证实是您本人写的" },
			[]string{"您的回复已记下，但没能证实是您本人写的，请按下面的按钮确认。", "看不到按钮"}, []string{"没看出来", "收到，谢谢"}},
		"asked without proof in English": {tickets.NoticeUnclear, en, func(d *Data) { d.Reason = "we could not verify that it was you" },
			[]string{"we noted your reply, but we could not verify that it was you; please press a button"}, []string{"could not tell", "OK, thanks"}},
		"copied": {tickets.NoticeUnclear, zh, func(d *Data) { d.Author, d.Text = "李伟", "" },
			[]string{"请确认：李伟的解决方案有效吗？", "回复“已解决”或“没解决”就行"}, []string{"您的回复"}},
		"copied in English": {tickets.NoticeUnclear, en, func(d *Data) { d.Author, d.Text = "Li Wei", "" },
			[]string{"Does Li Wei's solution work?"}, []string{"our reply"}},
		"receipt with a table": {tickets.NoticeReceipt, zh, func(d *Data) { d.Lines = []Text{"已接单", "编号\t主题", "IT20231115001\t打印机"} },
			[]string{"编号           主题\nIT20231115001  打印机"}, []string{"撤销", "- "}},
		"no name": {tickets.NoticeAssigned, zh, func(d *Data) { d.Requester = Contact{Address: "lina@corp.example"} },
			[]string{"反馈人：lina@corp.example\n"}, nil},
		"nothing known": {tickets.NoticeAssigned, en, func(d *Data) { d.Requester = Contact{} }, []string{"Requester: not known\n"}, nil},
		"plan of the nameless": {tickets.NoticeApproval, en, func(d *Data) { d.Requester = Contact{Address: "lina@corp.example", Department: "Sales"} },
			[]string{"Requester: lina@corp.example, Sales\n"}, nil},
		"a plan that nobody waits for": {tickets.NoticeApproval, zh, func(d *Data) { d.Reason = "这是 P0，处理不等审批，请事后补批。" },
			[]string{"写明原因。这是 P0，处理不等审批，请事后补批。\n"}, []string{"决定之前"}},
		"no target": {tickets.NoticeConfirmation, zh, func(d *Data) { d.AnswerBy = "" }, []string{"处理人会尽快查看，有进展就写信告诉您。"}, nil},
		"no target in English": {tickets.NoticeConfirmation, en, func(d *Data) { d.AnswerBy = "" },
			[]string{"A technician will look into it and write to you as soon as there is news."}, nil},
		"a mail without words": {tickets.NoticeMessage, zh, func(d *Data) { d.Text = "" }, []string{"张三 来信，没有写正文。\n"}, nil},
		"all is wrong":         {tickets.NoticeTranscript, zh, func(d *Data) { d.Lines = d.Lines[:1] }, []string{"✗ #指派"}, []string{"标 ○"}},
		"urged": {tickets.NoticeNote, zh, func(d *Data) { d.Author, d.Text, d.Lines = "", "", []Text{"反馈人催单，第 2 次。"} },
			[]string{"请您看一下（反馈人看不到这封信）：\n\n- 反馈人催单，第 2 次。"}, []string{"内部备注，", "写道", "原话"}},
		"rated badly": {tickets.NoticeNote, en, func(d *Data) { d.Author, d.Text, d.Lines = "", "two days", []Text{"2 of 5"} },
			[]string{"For you to look at (the requester does not see this):\n\n- 2 of 5\n\nIn their words:\n\ntwo days"}, []string{"Internal:"}},
		"confirmed by telephone": {tickets.NoticeChanged, en, func(d *Data) { d.Reason, d.Buttons = "", press("unsolved")(en) },
			[]string{"Is this right?", "If it is right, there is no need to answer."}, []string{"there is news"}},
	} {
		t.Run(name, func(t *testing.T) {
			data := storyOf(c.kind, c.lang)
			c.set(&data)
			got, err := set.Render(c.kind, c.lang, data)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.has {
				if !strings.Contains(flat(got.Text), flat(want)) {
					t.Errorf("no %q in\n%s", want, got.Text)
				}
			}
			for _, stray := range c.hasNot {
				if strings.Contains(flat(got.Text), flat(stray)) {
					t.Errorf("%q in\n%s", stray, got.Text)
				}
			}
			checkText(t, got.Text)
			checkPage(t, got.HTML)
		})
	}
}

// TestSubjectThatMustNotBeShown has no subject: that of a confidential ticket stays out of its mails.
func TestSubjectThatMustNotBeShown(t *testing.T) {
	set := load(t)
	for k := range set.own {
		data := storyOf(k.kind, k.lang)
		if data.Number == "" {
			continue
		}
		data.Subject = ""
		got, err := set.Render(k.kind, k.lang, data)
		if err != nil {
			t.Fatal(err)
		}
		if tag := "[" + string(data.Number) + "]"; k.kind != tickets.NoticeRefused && !strings.HasSuffix(got.Subject, tag) {
			t.Errorf("%s/%s: subject %q", k.lang, k.kind, got.Subject)
		}
		for _, stray := range []string{"主题：", "Subject:", "：\n#", "\\\n"} {
			if strings.Contains(got.Text, stray) {
				t.Errorf("%s/%s: %q in\n%s", k.lang, k.kind, stray, got.Text)
			}
		}
		checkText(t, got.Text)
		checkPage(t, got.HTML)
	}
	if got := bare(Data{Number: "IT20231115001", Desk: "IT"}); got.Subject != "[IT20231115001]" || got.Text != "· IT20231115001 · IT\n" {
		t.Errorf("bare %+v", got)
	}
}
