package demo

import "maildesk/tickets"

// chapter is one thing that happens to a help desk.
type chapter struct {
	title string
	play  func(*story)
}

// chapters are the story, in the order in which it is played. The first step that does not go as told ends it.
var chapters = []chapter{
	{"张三 cannot log in to the ERP; his client writes GBK and calls it gb2312", erpLogin},
	{"李伟, a technician, solves it by mail, from a question to the rating", erpSolved},
	{"John Smith reports a printer, with a screenshot", printer},
	{"Mary Wilson, a technician too, solves that at the second attempt", printerSolved},
	{"nobody in the shops can use the ERP: a P0, which wakes 李伟, and then 王芳", p0},
	{"李娜 writes from her phone, HTML alone, and her absence is answered by a machine", phone},
	{"somebody writes to her in 李伟's name", forged},
	{"张㛃 has a name that GBK does not know: four bytes in GB18030", rareName},
	{"王磊's Exchange wraps all he wrote in a winmail.dat", wrappedUp},
	{"李伟, a technician, passes on what 陈静 wrote to him", forwarded},
	{"赵敏's mailbox is full: the confirmation comes back", bounced},
	{"John Smith sends more than the desk takes", tooLarge},
}

func erpLogin(s *story) {
	problem := s.sends(zhangSan, "erp-gbk")
	ticket := s.opens(problem, liWei)
	s.reads(ticket, "登录ERP系统时提示“用户名或密码错误”，但确认输入正确", "同事陈喆也登录不上")
	confirmation := s.answers(problem, tickets.NoticeConfirmation)

	s.note("he adds something from a client that keeps nothing but the subject")
	more := s.replies(zhangSan, "erp-by-subject", confirmation)
	s.appends(more, ticket, "number", to(liWei, tickets.NoticeMessage))
	s.reads(ticket, "刚才换了一台电脑也一样")
}

func erpSolved(s *story) {
	assigned := s.newest(liWei, tickets.NoticeAssigned)
	ticket := s.ticketOf(assigned)

	s.note("李伟 just answers; 张三 gets his words, neither quote nor signature")
	question := s.says(liWei, "请问邮箱和OA能登录吗，还是只有ERP不行？", assigned)
	s.reaches(question, ticket, to(zhangSan, tickets.NoticeReply), to(liWei, tickets.NoticeReceipt))
	s.isNow(ticket, tickets.InProgress, liWei)
	asked := s.newest(zhangSan, tickets.NoticeReply)
	s.shows(asked, "请问邮箱和OA能登录吗，还是只有ERP不行？")
	s.hides(asked, "交给您", liWei.Position)

	answer := s.says(zhangSan, "邮箱和OA都正常，只有ERP不行。", asked)
	s.reaches(answer, ticket, to(liWei, tickets.NoticeMessage))
	message := s.newest(liWei, tickets.NoticeMessage)
	s.shows(message, "邮箱和OA都正常，只有ERP不行。")
	s.hides(message, "请问邮箱", zhangSan.Position)

	s.note("a slip of the finger: of the whole mail nothing is done")
	mistyped := s.says(liWei, "#诊断 ERP账号被锁定\n#解觉 账号已解锁，请再试一次。", message)
	s.reaches(mistyped, ticket, to(liWei, tickets.NoticeTranscript))
	s.isNow(ticket, tickets.InProgress, liWei)
	s.hasOnRecord(ticket, "", "")
	transcript := s.newest(liWei, tickets.NoticeTranscript)
	s.shows(transcript, "#解觉 账号已解锁", "是不是 #解决？")

	solution := s.says(liWei, "#诊断 ERP账号被锁定\n#解决 账号已解锁，请再试一次。", transcript)
	s.reaches(solution, ticket, to(zhangSan, tickets.NoticeResolved), to(liWei, tickets.NoticeReceipt))
	s.isNow(ticket, tickets.Resolved, liWei)
	s.hasOnRecord(ticket, "ERP账号被锁定", "账号已解锁，请再试一次。")
	resolved := s.newest(zhangSan, tickets.NoticeResolved)
	s.shows(resolved, "账号已解锁，请再试一次。")
	s.hides(resolved, "ERP账号被锁定", liWei.Position)

	s.note("thanks are no confirmation: he is asked once more")
	thanks := s.says(zhangSan, "收到，谢谢", resolved)
	s.reaches(thanks, ticket, to(zhangSan, tickets.NoticeUnclear))
	s.isNow(ticket, tickets.Resolved, liWei)
	confirmed := s.presses(zhangSan, "confirm", s.newest(zhangSan, tickets.NoticeUnclear))
	s.reaches(confirmed, ticket, to(zhangSan, tickets.NoticeSurvey))
	s.isNow(ticket, tickets.Confirmed, liWei)

	rating := s.says(zhangSan, "5 很快", s.newest(zhangSan, tickets.NoticeSurvey))
	s.reaches(rating, ticket, to(zhangSan, tickets.NoticeRated))
	s.isRated(ticket, 5, "很快")
	s.isNow(ticket, tickets.Closed, liWei)
}

func printer(s *story) {
	problem := s.sends(johnSmith, "printer-screenshot")
	ticket := s.opens(problem, maryWilson)
	s.reads(ticket, `Every job stops with "Error 49.4C02"`)
	s.keeps(ticket, "error-49.png", "image/png")
	confirmation := s.answers(problem, tickets.NoticeConfirmation)

	s.note("a server hiccups and delivers the same mail twice")
	s.isDuplicate(s.sendsAgain(problem))

	s.note("he replies; the quote is not taken for his words")
	reply := s.replies(johnSmith, "printer-reply", confirmation)
	s.reaches(reply, ticket, to(maryWilson, tickets.NoticeMessage))
	s.reads(ticket, "It prints again when I send the jobs one by one")
	s.omits(ticket, "We have your report")
}

func printerSolved(s *story) {
	assigned := s.newest(maryWilson, tickets.NoticeAssigned)
	ticket := s.ticketOf(assigned)

	accepted := s.presses(maryWilson, "accept", assigned)
	s.reaches(accepted, ticket, to(maryWilson, tickets.NoticeReceipt))
	s.isNow(ticket, tickets.InProgress, maryWilson)

	s.note("what IT writes to itself does not reach him: 王芳, the manager, asks, and Mary Wilson notes")
	inquiry := s.writesAbout(ticket, wangFang, "#备注 这台打印机还在保修期内吗？")
	s.appends(inquiry, ticket, "number", to(maryWilson, tickets.NoticeNote), to(wangFang, tickets.NoticeReceipt))
	s.staysInside(ticket, "这台打印机还在保修期内吗？")
	note := s.says(maryWilson, "#note Under warranty until June 2024.", s.newest(maryWilson, tickets.NoticeNote))
	s.reaches(note, ticket, to(maryWilson, tickets.NoticeReceipt))
	s.staysInside(ticket, "Under warranty until June 2024.")

	s.note("John Smith tries what only a technician may do")
	overreach := s.says(johnSmith, "#assign mary", s.newest(johnSmith, tickets.NoticeConfirmation))
	s.reaches(overreach, ticket, to(johnSmith, tickets.NoticeTranscript))
	s.shows(s.newest(johnSmith, tickets.NoticeTranscript), "#assign mary", "only a technician can do this")
	s.isNow(ticket, tickets.InProgress, maryWilson)

	question := s.says(maryWilson, "#wait Which driver does your computer use for it, PCL 6 or PostScript?", assigned)
	s.reaches(question, ticket, to(johnSmith, tickets.NoticeWaiting), to(maryWilson, tickets.NoticeReceipt))
	s.isNow(ticket, tickets.Waiting, maryWilson)
	waiting := s.newest(johnSmith, tickets.NoticeWaiting)
	s.shows(waiting, "PCL 6 or PostScript?")
	s.hides(waiting, "Under warranty", maryWilson.Position)
	answer := s.says(johnSmith, "It says PCL 6.", waiting)
	s.reaches(answer, ticket, to(maryWilson, tickets.NoticeMessage))
	s.isNow(ticket, tickets.InProgress, maryWilson)

	solution := s.says(maryWilson, "#resolve I have restarted the print server. Please print again.", s.newest(maryWilson, tickets.NoticeMessage))
	s.reaches(solution, ticket, to(johnSmith, tickets.NoticeResolved), to(maryWilson, tickets.NoticeReceipt))
	s.isNow(ticket, tickets.Resolved, maryWilson)
	objection := s.says(johnSmith, "Still broken, the same error as before.", s.newest(johnSmith, tickets.NoticeResolved))
	s.reaches(objection, ticket, to(johnSmith, tickets.NoticeReopened), to(maryWilson, tickets.NoticeUnsolved))
	s.isNow(ticket, tickets.InProgress, maryWilson)

	const fix = "Your computer has the PostScript driver now, and the test page came out."
	solution = s.says(maryWilson, "#diagnosis The PCL 6 driver sends pages that this model cannot read\n#fix "+fix+"\n#resolve", s.newest(maryWilson, tickets.NoticeUnsolved))
	s.reaches(solution, ticket, to(johnSmith, tickets.NoticeResolved), to(maryWilson, tickets.NoticeReceipt))
	s.hasOnRecord(ticket, "The PCL 6 driver sends pages that this model cannot read", fix)
	works := s.says(johnSmith, "Works now, thanks!", s.newest(johnSmith, tickets.NoticeResolved))
	s.reaches(works, ticket, to(johnSmith, tickets.NoticeSurvey))
	s.isNow(ticket, tickets.Confirmed, maryWilson)
	rating := s.presses(johnSmith, "rate 4", s.newest(johnSmith, tickets.NoticeSurvey))
	s.reaches(rating, ticket, to(johnSmith, tickets.NoticeRated))
	s.isRated(ticket, 4, "")
	s.isNow(ticket, tickets.Closed, maryWilson)
}

func p0(s *story) {
	problem := s.sends(wangLei, "shops-down")
	ticket := s.opens(problem, liWei)
	s.answers(problem, tickets.NoticeConfirmation)
	urgent := s.says(liWei, "#优先级 P0", s.newest(liWei, tickets.NoticeAssigned))
	s.reaches(urgent, ticket, to(wangLei, tickets.NoticeChanged), to(liWei, tickets.NoticeReceipt))

	s.note("李伟 is on call and does not see it; it climbs to 王芳, until she presses")
	s.comes(liWei, tickets.NoticeAlert, ticket)
	s.comes(wangFang, tickets.NoticeAlert, ticket)
	acknowledged := s.presses(wangFang, "ack", s.newest(wangFang, tickets.NoticeAlert))
	s.reaches(acknowledged, ticket, to(liWei, tickets.NoticeNote), to(wangFang, tickets.NoticeReceipt))
	s.tellsAlerts(ticket)

	s.note("how it stands is told inside IT")
	progress := s.says(liWei, "认证服务器的磁盘满了，正在清理，十分钟。", s.newest(liWei, tickets.NoticeAlert))
	s.reaches(progress, ticket, to(wangFang, tickets.NoticeNote), to(liWei, tickets.NoticeReceipt))
	s.staysInside(ticket, "认证服务器的磁盘满了，正在清理，十分钟。")
	solution := s.says(liWei, "#诊断 认证服务器磁盘满\n#验证 三个门店都能登录\n#解决 已清理磁盘，请再登录。", s.newest(liWei, tickets.NoticeAlert))
	s.reaches(solution, ticket, to(wangLei, tickets.NoticeResolved), to(wangFang, tickets.NoticeApproval), to(liWei, tickets.NoticeReceipt))
	s.note("a P0 is carried out at once, and approved after")
	approved := s.says(wangFang, "#批准", s.newest(wangFang, tickets.NoticeApproval))
	s.reaches(approved, ticket, to(liWei, tickets.NoticeNote), to(wangFang, tickets.NoticeReceipt))
	rating := s.says(wangLei, "已解决 5 很快", s.newest(wangLei, tickets.NoticeResolved))
	s.reaches(rating, ticket, to(wangLei, tickets.NoticeRated))
	s.isNow(ticket, tickets.Closed, liWei)
	s.comes(liWei, tickets.NoticeTimeline, ticket)
	s.comes(wangFang, tickets.NoticeTimeline, ticket)
	s.shows(s.newest(wangFang, tickets.NoticeTimeline), "alert 1: liwei@corp.example", "正在清理")
}

func phone(s *story) {
	problem := s.sends(liNa, "phone-html")
	ticket := s.opens(problem, maryWilson)
	s.reads(ticket, "在家连不上公司的 VPN，提示“证书已过期”", "昨天还是好的")
	confirmation := s.answers(problem, tickets.NoticeConfirmation)

	s.note("her out-of-office replies to the confirmation")
	absence := s.repliesByMachine(liNa, "out-of-office", confirmation)
	s.files(absence, ticket, tickets.EntryAutoReply)
}

func forged(s *story) {
	ticket := s.ticketOf(s.newest(liNa, tickets.NoticeConfirmation))
	s.note("it comes from a copier, of whose mail the server checks nothing: it goes no further, and he is asked where he really is")
	mail := s.forges(ticket, liWei, "请把您的VPN密码回复给我，我来更新证书。")
	s.holds(mail, ticket)
	s.shows(s.newest(liWei, tickets.NoticeHeld), "请把您的VPN密码回复给我", "是我写的，请处理")
	s.isNow(ticket, tickets.Assigned, maryWilson)
}

func rareName(s *story) {
	problem := s.sends(zhangJie, "gb18030-name")
	ticket := s.opens(problem, liWei)
	s.reads(ticket, "我叫张㛃，“㛃”是女字旁加“吉”")
	s.isRequester(ticket, zhangJie)
	s.answers(problem, tickets.NoticeConfirmation)
}

func wrappedUp(s *story) {
	problem := s.sends(wangLei, "winmail")
	ticket := s.opens(problem, liWei)
	s.reads(ticket, "每次打开共享盘上的月报模板，Excel 都会闪退")
	s.keeps(ticket, "错误日志.txt", "application/octet-stream")
	s.answers(problem, tickets.NoticeConfirmation)
}

func forwarded(s *story) {
	problem := s.passesOn(liWei, "forwarded", chenJing)
	ticket := s.opens(problem, maryWilson)
	s.isRequester(ticket, chenJing)
	s.reads(ticket, "请登记一下", "三楼会议室的投影仪接上电脑后没有画面")
	s.informs(chenJing, problem, tickets.NoticeConfirmation)
	s.answers(problem, tickets.NoticeConfirmation)
}

func bounced(s *story) {
	problem := s.sends(zhaoMin, "full-mailbox")
	ticket := s.opens(problem, liWei)
	s.isReturned(zhaoMin, ticket, liWei)
}

func tooLarge(s *story) {
	problem := s.sends(johnSmith, "too-large")
	s.quarantines(problem, liWei)
	s.answers(problem, tickets.NoticeUnreadable)
}
