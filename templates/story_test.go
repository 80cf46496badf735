package templates

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"maildesk/tickets"
)

// noticeKinds are the kinds that package tickets names, read from its source, so that a new one without a template fails.
func noticeKinds(t testing.TB) []tickets.NoticeKind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../tickets/notice.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []tickets.NoticeKind
	for n := range ast.Preorder(file) {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) == 0 {
			continue
		}
		if named, ok := spec.Type.(*ast.Ident); !ok || named.Name != "NoticeKind" {
			continue
		}
		kind, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, tickets.NoticeKind(kind))
	}
	if len(kinds) < 20 {
		t.Fatalf("only %d kinds found in tickets/notice.go", len(kinds))
	}
	return kinds
}

// storyOf is what the golden file of a kind tells: the story, at the point at which this mail is written.
func storyOf(kind tickets.NoticeKind, lang tickets.Language) Data {
	data := story[lang]
	data.Yours = true
	if lang == tickets.Chinese {
		data.Requester = Contact{"张三", "zhangsan@corp.example", "市场部", "13800000000"}
		tellChinese(kind, &data)
	} else {
		data.Requester = Contact{"Anna Smith", "anna@corp.example", "Marketing", "13800000001"}
		tellEnglish(kind, &data)
	}
	return data
}

func press(purposes ...string) func(lang tickets.Language) []Button {
	return func(lang tickets.Language) []Button {
		var list []Button
		for _, p := range purposes {
			list = append(list, Button{Label: Text(Label(lang, p)), Link: "mailto:helpdesk@corp.example?subject=%5BIT20231115001%5D" +
				"%20ERP&body=%23x%0D%0A%0D%0A%5BIT20231115001%20abcdefghijklmnop%5D"})
		}
		return list
	}
}

var (
	pressSolved = press("confirm", "unsolved")
	pressScore  = press("rate 5", "rate 4", "rate 3", "rate 2", "rate 1")
)

func tellChinese(kind tickets.NoticeKind, d *Data) {
	staff := func(status tickets.Status) { d.Reader, d.Staff, d.Yours, d.Status = "李伟", true, false, status }
	technician := func(status tickets.Status, text Text) {
		d.Author, d.Text, d.Attachments, d.Status = "李伟", text, nil, status
	}
	switch kind {
	case tickets.NoticeConfirmation:
		d.AnswerBy = "今天 15:30 前"
	case tickets.NoticeRefused:
		d.Number, d.Status = "", ""
	case tickets.NoticeHeld:
		d.Number, d.Status, d.Reader, d.Reason = "", "", "李伟", "我们的邮件系统没能证实发件人，信里也没有我们发给您的凭证"
		d.Lines = []Text{"#解决 IT20231115001：已重置密码，请再试", "答复反馈人张三"}
		d.Buttons = press("release")(tickets.Chinese)
		d.Buttons[0].Command = "#放行"
	case tickets.NoticeReply:
		technician(tickets.InProgress, "张三，\n\n账号被锁定了，我已经解锁。请先清除浏览器里保存的密码，再重新登录：\n"+
			"  1. 按 Ctrl+Shift+Delete\n  2. 勾选“密码”，点“清除”\n\n#include 这一行只是文字，https://erp.corp.example 也是。\n\n李伟")
		d.Also, d.Omitted = []Text{"王芳"}, []Text{"操作录屏.mp4"}
	case tickets.NoticePrivate:
		technician(tickets.InProgress, "您的临时密码是 Xm7-kQ2-p9，登录后请马上修改。")
	case tickets.NoticeWaiting:
		technician(tickets.Waiting, "1. 登录时用的是工号还是邮箱？\n2. 同事的电脑上能登录吗？\n\n最好附一张完整的错误截图。")
		d.Also = []Text{"王芳"}
	case tickets.NoticeResolved:
		technician(tickets.Resolved, "密码策略昨晚更新，您的账号被误锁。已经解锁，并调整了策略，不会再误锁。")
		d.Buttons = pressSolved(tickets.Chinese)
	case tickets.NoticeUnclear:
		d.Status, d.Reason, d.Text, d.Buttons = tickets.Resolved, "", "好的，收到，谢谢！", pressSolved(tickets.Chinese)
	case tickets.NoticeReminder:
		d.Status, d.Reason, d.Buttons = tickets.Resolved, "2023-11-15 10:20", pressSolved(tickets.Chinese)
		d.Text = "密码策略昨晚更新，您的账号被误锁。已经解锁，并调整了策略，不会再误锁。"
	case tickets.NoticeSurvey:
		d.Status, d.Buttons = tickets.Confirmed, pressScore(tickets.Chinese)
	case tickets.NoticeRated:
		d.Status, d.Score = tickets.Closed, 5
	case tickets.NoticeClosed:
		d.Status, d.Reason = tickets.Closed, "三次联系没有回复，系统日志显示已能正常登录"
	case tickets.NoticeReopened:
		d.Status, d.Reason, d.Text = tickets.InProgress, "", "今天又登录不上了，提示和上次一样。"
	case tickets.NoticeCancelled:
		d.Status, d.Reason = tickets.Cancelled, "您来信说已经自己解决"
	case tickets.NoticeChanged:
		d.Status, d.Reason, d.Lines = tickets.InProgress, "销售订单录入已受影响", []Text{"优先级：P2 中 → P1 高", "预计解决时间：今天 18:00"}
	case tickets.NoticeAssigned:
		staff(tickets.Assigned)
		d.Priority, d.PriorityReason, d.Category, d.Group = "P1 高", "主要功能不可用，影响销售业务", "软件问题类", "desktop"
		d.Severity, d.Impact, d.OccurredAt, d.Reason = "严重", "无法录入销售订单", "2023-11-15 09:30", ""
		d.Buttons = press("accept")(tickets.Chinese)
	case tickets.NoticeMessage:
		d.Reason = "主题中的编号"
		staff(tickets.InProgress)
		d.Author, d.Text, d.Attachments = "张三", "用的是工号。同事的电脑上也一样，截图见附件。", []Text{"截图.png"}
	case tickets.NoticeUnsolved:
		staff(tickets.InProgress)
		d.Author, d.Text, d.Attachments = "张三", "没解决，清除密码以后还是提示同样的错误。", nil
	case tickets.NoticeReceipt:
		staff(tickets.Resolved)
		d.Lines = []Text{"已发给：张三、王芳", "#诊断：已记录", "#解决：状态改为“已解决待确认”，已请反馈人确认", "做错了？24 小时内回复“#撤销”就能取消。"}
		d.Reason = "还没有写验证测试，用“#验证”补上"
	case tickets.NoticeTranscript:
		staff(tickets.InProgress)
		d.Lines = []Text{"✗ #指派 李炜 — 没有这个人或组，您是不是要写“李伟”？", "○ #优先级 P1 — 优先级改为 P1（未执行）"}
		d.Text, d.Reason = "#指派 李炜\n#优先级 P1", ""
	case tickets.NoticeAnswer:
		staff("")
		d.Number, d.Subject = "", ""
		d.Lines = []Text{"您手上有 2 个问题：", "", "编号\t优先级\t状态\t主题", "IT20231115001\tP1 高\t处理中\t登录ERP系统时提示“用户名或密码错误”，但确认输入正确，清除缓存也不行",
			"IT20231115002\tP3 低\t待反馈人补充\t三楼打印机 | 只打白纸", "", "反馈人：", "联系方式：", "问题描述*：", "", "  [ ] 已尝试：重启 _ 换浏览器"}
	case tickets.NoticeNote:
		staff(tickets.InProgress)
		d.Author, d.Text, d.Attachments = "王芳", "域控昨晚升级过，先看一下锁定策略。\n不要直接改组策略。", nil
	case tickets.NoticeApproval:
		staff(tickets.PendingApproval)
		d.Reader, d.Author, d.Text, d.Attachments = "王芳", "李伟", "今晚 22:00 停用 ERP 十分钟，切换到备用认证服务器。\n回退：22:30 前切回。", nil
		d.Reason = ""
	case tickets.NoticeAlert:
		staff(tickets.Assigned)
		d.Reader, d.Priority, d.PriorityReason, d.Impact, d.Reason, d.Attachments = "李伟", "P0 紧急", "全公司无法登录 ERP", "无法录入销售订单", "", nil
		d.Lines, d.Buttons = []Text{"李伟", "王芳"}, press("ack")(tickets.Chinese)
	case tickets.NoticeUpdate:
		staff(tickets.InProgress)
		d.Reader, d.Text, d.Attachments, d.Reason = "李伟", "", nil, "上次询问没有收到回复。再没有消息，将重新告警并通知下一级。"
	case tickets.NoticeTimeline:
		staff(tickets.Closed)
		d.Reader, d.Text, d.Attachments, d.Reason = "李伟", "", nil, ""
		d.Lines = []Text{"时间\t谁\t内容", "2023-11-15 09:31\t张三\t登录ERP系统时提示密码错误", "2023-11-15 09:31\t服务台\talert 1: liwei@corp.example", "2023-11-15 09:34\t李伟\t收到，正在看认证服务器"}
	case tickets.NoticeUndone:
		d.Status, d.Reason, d.Lines = tickets.InProgress, "解决方案发错了问题", []Text{"状态恢复为“处理中”。"}
	case tickets.NoticeUnreached:
		staff(tickets.InProgress)
		d.Lines, d.Reason = []Text{"张三 <zhangsan@corp.example>"}, "对方邮箱已满（5.2.2）"
	case tickets.NoticeSLAWarning:
		staff(tickets.New)
		d.Priority, d.Group, d.Lines, d.Buttons = "P1 高", "desktop", []Text{"首次答复：应在 2023-11-15 10:30 前，还剩 12 分钟"}, press("accept")(tickets.Chinese)
	case tickets.NoticeSLABreach:
		staff(tickets.InProgress)
		d.Reader, d.Priority, d.Group, d.Assignee, d.Also = "王芳", "P1 高", "desktop", "李伟", []Text{"李伟", "陈静"}
		d.Lines = []Text{"首次答复：应在 2023-11-15 10:30 前，已超时 6 小时 54 分钟", "解决：应在 2023-11-15 18:00 前，还剩 36 分钟"}
	case tickets.NoticeDigest:
		staff("")
		d.Reader, d.Number, d.Subject, d.Reason, d.Attachments = "王芳", "", "", "2 个问题", nil
		d.Lines = []Text{"行\t编号\t解决日期\t反馈人\t主题", "1\tIT20231115001\t2023-11-15\t张三\t登录ERP系统时提示“用户名或密…",
			"2\tIT20231115003\t2023-11-15\t陈静\t三楼打印机 | 只打白纸"}
		d.Text = "1-2 关闭 多次提醒，没有答复"
	}
}

func tellEnglish(kind tickets.NoticeKind, d *Data) {
	staff := func(status tickets.Status) { d.Reader, d.Staff, d.Yours, d.Status = "Li Wei", true, false, status }
	technician := func(status tickets.Status, text Text) {
		d.Author, d.Text, d.Attachments, d.Status = "Li Wei", text, nil, status
	}
	switch kind {
	case tickets.NoticeConfirmation:
		d.AnswerBy = "by Thursday, 16 November, 10:30"
	case tickets.NoticeRefused:
		d.Number, d.Status = "", ""
	case tickets.NoticeHeld:
		d.Number, d.Status, d.Reader = "", "", "Li Wei"
		d.Reason = "our mail server did not confirm the sender, and the mail answers none that we sent you"
		d.Lines = []Text{"#resolve IT20231115002: drum replaced, please try", "a reply to Anna Smith"}
		d.Buttons = press("release")(tickets.English)
		d.Buttons[0].Command = "#release"
	case tickets.NoticeReply:
		technician(tickets.InProgress, "Hi Anna,\n\nthe drum is worn out, and a new one is on its way. Until then, please use the printer on floor 2:\n"+
			"  1. Open Settings > Printers\n  2. Choose \"F2-Kitchen\"\n\n#include is only text, and so is https://corp.example/*x*.\n\nLi Wei")
		d.Also, d.Omitted = []Text{"Wang Fang"}, []Text{"howto.mp4"}
	case tickets.NoticePrivate:
		technician(tickets.InProgress, "Your one-time code for secure printing is 4711. Please change it at the printer.")
	case tickets.NoticeWaiting:
		technician(tickets.Waiting, "1. Is the page blank from the copier glass too?\n2. Which number is printed below the drum's handle?")
		d.Also = []Text{"Wang Fang"}
	case tickets.NoticeResolved:
		technician(tickets.Resolved, "I replaced the drum and printed ten test pages; all were fine.")
		d.Buttons = pressSolved(tickets.English)
	case tickets.NoticeUnclear:
		d.Status, d.Reason, d.Text, d.Buttons = tickets.Resolved, "", "OK, thanks!", pressSolved(tickets.English)
	case tickets.NoticeReminder:
		d.Status, d.Reason, d.Buttons = tickets.Resolved, "2023-11-15 10:20", pressSolved(tickets.English)
		d.Text = "I replaced the drum and printed ten test pages; all were fine."
	case tickets.NoticeSurvey:
		d.Status, d.Buttons = tickets.Confirmed, pressScore(tickets.English)
	case tickets.NoticeRated:
		d.Status, d.Score = tickets.Closed, 5
	case tickets.NoticeClosed:
		d.Status, d.Reason = tickets.Closed, "no answer to three reminders, and the printer has worked since"
	case tickets.NoticeReopened:
		d.Status, d.Reason, d.Text = tickets.InProgress, "", "It is blank again since this morning."
	case tickets.NoticeCancelled:
		d.Status, d.Reason = tickets.Cancelled, "you wrote that it works again"
	case tickets.NoticeChanged:
		d.Status, d.Reason, d.Lines = tickets.InProgress, "the whole floor cannot print", []Text{"Priority: P3 low → P2 medium", "Expected: today 18:00"}
	case tickets.NoticeAssigned:
		staff(tickets.Assigned)
		d.Priority, d.PriorityReason, d.Category, d.Group = "P2 medium", "part of the functions fail", "Hardware fault", "desktop"
		d.Severity, d.Impact, d.OccurredAt, d.Reason = "moderate", "floor 3 cannot print", "2023-11-15 09:30", ""
		d.Buttons = press("accept")(tickets.English)
	case tickets.NoticeMessage:
		d.Reason = "the number in the subject"
		staff(tickets.InProgress)
		d.Author, d.Text, d.Attachments = "Anna Smith", "Copies come out fine. The number is D-2031, photo attached.", []Text{"drum.jpg"}
	case tickets.NoticeUnsolved:
		staff(tickets.InProgress)
		d.Author, d.Text, d.Attachments = "Anna Smith", "Not solved: every second page is still blank.", nil
	case tickets.NoticeReceipt:
		staff(tickets.Resolved)
		d.Lines = []Text{"Sent to: Anna Smith, Wang Fang", "#diagnosis: recorded", "#resolve: the ticket is resolved, the requester was asked to confirm", "Wrong? Reply “#undo” within 24 hours."}
		d.Reason = "there is no verification yet; add it with “#verified”"
	case tickets.NoticeTranscript:
		staff(tickets.InProgress)
		d.Lines = []Text{"✗ #asign liwei — no such command; did you mean “#assign”?", "○ #priority P1 — the priority becomes P1 (not run)"}
		d.Text, d.Reason = "#asign liwei\n#priority P1", ""
	case tickets.NoticeAnswer:
		staff("")
		d.Number, d.Subject = "", ""
		d.Lines = []Text{"You have 2 tickets:", "", "Number\tPriority\tStatus\tSubject",
			"IT20231115001\tP1 high\tin progress\tThe ERP system says “wrong user name or password” although both are right", "IT20231115002\tP3 low\twaiting for the requester\tPrinter | blank pages",
			"", "Requester:", "Phone:", "Description*:", "", "  [ ] Already tried: restart _ other browser"}
	case tickets.NoticeNote:
		staff(tickets.InProgress)
		d.Author, d.Text, d.Attachments = "Wang Fang", "The drum has a year of warranty left.\nDo not open it, call the vendor.", nil
	case tickets.NoticeApproval:
		staff(tickets.PendingApproval)
		d.Reader, d.Author, d.Text, d.Attachments = "Wang Fang", "Li Wei", "Replace the drum tonight at 22:00; the printer is off for ten minutes.\nBack-out: the old drum.", nil
		d.Reason = ""
	case tickets.NoticeAlert:
		staff(tickets.Assigned)
		d.Reader, d.Priority, d.PriorityReason, d.Impact, d.Attachments = "Li Wei", "P0 urgent", "nobody can print", "no delivery notes", nil
		d.Reason = "alert number 2; nobody has acknowledged it yet"
		d.Lines, d.Buttons = []Text{"Li Wei", "Wang Fang"}, press("ack")(tickets.English)
	case tickets.NoticeUpdate:
		staff(tickets.InProgress)
		d.Reader, d.Text, d.Attachments, d.Reason = "Li Wei", "", nil, ""
	case tickets.NoticeTimeline:
		staff(tickets.Closed)
		d.Reader, d.Text, d.Attachments, d.Reason = "Li Wei", "", nil, ""
		d.Lines = []Text{"When\tWho\tWhat", "2023-11-15 09:31\tAnna Smith\tPrinter on floor 3 prints only blank pages", "2023-11-15 09:31\tThe desk\talert 1: liwei@corp.example", "2023-11-15 09:34\tLi Wei\tOn my way"}
	case tickets.NoticeUndone:
		d.Status, d.Reason, d.Lines = tickets.InProgress, "the solution went to the wrong ticket", []Text{"The ticket is in progress again."}
	case tickets.NoticeUnreached:
		staff(tickets.InProgress)
		d.Lines, d.Reason = []Text{"Anna Smith <anna@corp.example>"}, "the mailbox is full (5.2.2)"
	case tickets.NoticeSLAWarning:
		staff(tickets.New)
		d.Priority, d.Group, d.Lines, d.Buttons = "P2 medium", "desktop", []Text{"First answer: due by 2023-11-15 13:30, 48 min left"}, press("accept")(tickets.English)
	case tickets.NoticeSLABreach:
		staff(tickets.InProgress)
		d.Reader, d.Priority, d.Group, d.Assignee, d.Also = "Wang Fang", "P2 medium", "desktop", "Li Wei", []Text{"Li Wei", "Chen Jing"}
		d.Lines = []Text{"First answer: due by 2023-11-15 13:30, 8 h 30 min ago", "Solution: due by 2023-11-16 18:00, 2 h left"}
	case tickets.NoticeDigest:
		staff("")
		d.Reader, d.Number, d.Subject, d.Reason, d.Attachments = "Wang Fang", "", "", "2 tickets", nil
		d.Lines = []Text{"Line\tNumber\tResolved\tRequester\tSubject", "1\tIT20231115002\t2023-11-15\tAnna Smith\tPrinter on floor 3 prints…",
			"2\tIT20231115004\t2023-11-15\tTom Brown\tNo sound | meeting room 5"}
		d.Text = "1-2 close no answer to the reminders"
	}
}
