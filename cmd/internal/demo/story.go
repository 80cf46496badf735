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
	{"John Smith reports a printer, with a screenshot", printer},
	{"李娜 writes from her phone, HTML alone, and her absence is answered by a machine", phone},
	{"张㛃 has a name that GBK does not know: four bytes in GB18030", rareName},
	{"王磊's Exchange wraps all he wrote in a winmail.dat", wrappedUp},
	{"李伟, a technician, passes on what 陈静 wrote to him", forwarded},
	{"赵敏's mailbox is full: the confirmation comes back", bounced},
	{"John Smith sends more than the desk takes", tooLarge},
}

func erpLogin(s *story) {
	problem := s.sends(zhangSan, "erp-gbk")
	ticket := s.opens(problem)
	s.reads(ticket, "登录ERP系统时提示“用户名或密码错误”，但确认输入正确", "同事陈喆也登录不上")
	confirmation := s.answers(problem, tickets.NoticeConfirmation)

	s.note("he adds something from a client that keeps nothing but the subject")
	more := s.replies(zhangSan, "erp-by-subject", confirmation)
	s.appends(more, ticket, "number")
	s.reads(ticket, "刚才换了一台电脑也一样")
}

func printer(s *story) {
	problem := s.sends(johnSmith, "printer-screenshot")
	ticket := s.opens(problem)
	s.reads(ticket, `Every job stops with "Error 49.4C02"`)
	s.keeps(ticket, "error-49.png", "image/png")
	confirmation := s.answers(problem, tickets.NoticeConfirmation)

	s.note("a server hiccups and delivers the same mail twice")
	s.isDuplicate(s.sendsAgain(problem))

	s.note("he replies; the quote is not taken for his words")
	reply := s.replies(johnSmith, "printer-reply", confirmation)
	s.appends(reply, ticket, "token")
	s.reads(ticket, "It prints again when I send the jobs one by one")
	s.omits(ticket, "We have your report")
}

func phone(s *story) {
	problem := s.sends(liNa, "phone-html")
	ticket := s.opens(problem)
	s.reads(ticket, "在家连不上公司的 VPN，提示“证书已过期”", "昨天还是好的")
	confirmation := s.answers(problem, tickets.NoticeConfirmation)

	s.note("her out-of-office replies to the confirmation")
	absence := s.repliesByMachine(liNa, "out-of-office", confirmation)
	s.files(absence, ticket, tickets.EntryAutoReply)
}

func rareName(s *story) {
	problem := s.sends(zhangJie, "gb18030-name")
	ticket := s.opens(problem)
	s.reads(ticket, "我叫张㛃，“㛃”是女字旁加“吉”")
	s.isRequester(ticket, zhangJie)
	s.answers(problem, tickets.NoticeConfirmation)
}

func wrappedUp(s *story) {
	problem := s.sends(wangLei, "winmail")
	ticket := s.opens(problem)
	s.reads(ticket, "每次打开共享盘上的月报模板，Excel 都会闪退")
	s.keeps(ticket, "错误日志.txt", "application/octet-stream")
	s.answers(problem, tickets.NoticeConfirmation)
}

func forwarded(s *story) {
	problem := s.passesOn(liWei, "forwarded", chenJing)
	ticket := s.opens(problem)
	s.isRequester(ticket, chenJing)
	s.reads(ticket, "请登记一下", "三楼会议室的投影仪接上电脑后没有画面")
	s.informs(chenJing, problem, tickets.NoticeConfirmation)
	s.answers(problem, tickets.NoticeConfirmation)
}

func bounced(s *story) {
	problem := s.sends(zhaoMin, "full-mailbox")
	ticket := s.opens(problem)
	s.isReturned(problem, zhaoMin, ticket)
}

func tooLarge(s *story) {
	problem := s.sends(johnSmith, "too-large")
	s.quarantines(problem)
	s.answers(problem, tickets.NoticeUnreadable)
}
