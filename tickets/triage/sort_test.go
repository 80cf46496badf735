package triage_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"maildesk/tickets"
	"maildesk/tickets/triage"
)

// mail is a report as people write it: "subject ¶ text".
type mail string

func (m mail) parts() (subject, text string) {
	subject, text, _ = strings.Cut(string(m), " ¶ ")
	return subject, text
}

var reports = map[tickets.Category][]mail{
	tickets.Hardware: {
		"打印机卡纸 ¶ 三楼东侧的打印机又卡纸了，拉出来以后还是一直亮红灯。",
		"电脑开不了机 ¶ 早上按电源键没有反应，指示灯也不亮。",
		"显示器黑屏 ¶ 换了一根线还是黑屏，主机是亮的。",
		"笔记本蓝屏 ¶ 开会投屏的时候突然蓝屏，重启以后又来一次，截图在附件。",
		"键盘坏了 ¶ 空格键按下去弹不起来，申请更换。",
		"网络打印机连不上 ¶ 财务部同事都打印不了。",
		"會議室投影儀沒有聲音 ¶ 接上 HDMI 以後有畫面，沒有聲音。",
		"U 盘插上没反应 ¶ 换了两个 USB 口都不行，鼠标插上是好的。",
		"Paper jam again ¶ The printer on the third floor keeps jamming, the red light is on.",
		"Laptop won't turn on ¶ I pressed the power button for ten seconds and nothing happens.",
		"Monitor flickering ¶ It started this morning. I already changed the cable.",
		"Battery not charging ¶ My laptop stays at 12% with the charger in.",
		"Blue screen twice today ¶ It says IRQL_NOT_LESS_OR_EQUAL, screenshot attached.",
		"Headset broken ¶ Nobody can hear me since I dropped it. The microphone is dead.",
	},
	tickets.Software: {
		"ERP 登录提示用户名或密码错误 ¶ 登录ERP系统时提示“用户名或密码错误”，但确认输入正确，无法录入销售订单。",
		"无法录入销售订单 ¶ 登录ERP系统时提示“用户名或密码错误”,但确认输入正确",
		"Excel 一打开就闪退 ¶ 昨天更新以后就这样，重装过也没用。",
		"ＯＡ流程提交报错 ¶ 点提交以后一直转圈，然后提示系统错误。",
		"Outlook 收不到邮件 ¶ 从今天上午十点开始，网页版是正常的。",
		"金蝶结账卡死 ¶ 结到 60% 就不动了。",
		"CRM 系统无法登录 ¶ 打开是一片空白，部门的人都一样。",
		"PDF 文件打不开 ¶ 双击以后没有任何反应。",
		"Excel crashes on save ¶ Every time I save the budget it closes without a word.",
		"ERP down? ¶ I log in and get 'invalid username or password' though it worked an hour ago. So do my colleagues.",
		"Outlook not responding ¶ It freezes when I open the shared calendar.",
		"SAP error message ¶ Posting the invoice fails with F5 263.",
		"Teams won't open ¶ I am in the office today, it worked from home.",
		"Browser shows an old version of the CRM ¶ I cleared the cache twice.",
	},
	tickets.Network: {
		"VPN 连不上 ¶ 在家办公，输入密码以后一直提示超时。",
		"会议室 Wi-Fi 掉线 ¶ 每隔十分钟断一次，手机和电脑都一样。",
		"上不了网 ¶ 今天早上来了就上不了网，旁边同事是好的。",
		"网速很慢 ¶ 打开网页要半分钟。",
		"內網連不上 ¶ 外網正常，內網的網站都打不開。",
		"工位网口没有信号 ¶ 换了网线也不行。",
		"VPN disconnects every few minutes ¶ I work from home, my own internet is fine.",
		"No internet in room 402 ¶ None of the sockets works.",
		"Wi-Fi very slow ¶ Pages take half a minute on the second floor.",
		"Can't connect to the file server ¶ I can ping the gateway but nothing else.",
		"wifi keeps dropping ¶ On my phone and on my computer.",
		"Firewall blocks our supplier's site ¶ The proxy answers 403.",
		"会议室网络不通 ¶ 投影仪也连不上电脑。",
	},
	tickets.Account: {
		"申请开通 CRM 权限 ¶ 新接手华东区客户，需要 CRM 的查看权限。",
		"忘记密码 ¶ 休假回来忘记开机密码了，帮忙重置一下。",
		"账号被锁定 ¶ 连续输错几次以后被锁，请解锁。",
		"ERP 密码过期 ¶ 提示密码过期，修改的时候又报错。",
		"共享文件夹没有权限 ¶ 打开市场部的文件夹提示无权访问。",
		"帳號無法登入 ¶ 電腦提示密碼不對。",
		"电脑登录不上 ¶ 提示密码错误，我确定没有输错。",
		"Password reset please ¶ I forgot my password over the holiday.",
		"Locked out of my account ¶ Too many attempts, it says.",
		"Need access to the CRM ¶ Could you give me permissions for the eastern region?",
		"How do I reset my password? ¶ It has expired today.",
		"Access denied on the shared drive ¶ My colleagues can open the folder.",
		"Can't log in to my computer ¶ It says the password is wrong.",
		"New phone, MFA gone ¶ The authenticator shows no codes any more.",
		"Please unlock my user ¶ I typed it wrong three times.",
		"登录提示账户已停用 ¶ 今天早上开始的，昨天还能用。",
	},
	tickets.Security: {
		"收到钓鱼邮件 ¶ 冒充 IT 部门让我改密码，我没有点。",
		"电脑好像中病毒了 ¶ 文件都打不开，后缀变成了 .locked。",
		"误点了可疑链接 ¶ 还输入了邮箱密码，怎么办？",
		"账号疑似被盗 ¶ 有人用我的账号给客户发邮件，密码也被改了。",
		"笔记本丢了 ¶ 昨晚在出租车上，里面有客户资料。",
		"怀疑客户信息泄露 ¶ 竞争对手拿到了我们 CRM 里的名单。",
		"Suspicious email ¶ Somebody pretending to be our CFO asks me to buy gift cards.",
		"I clicked on a link in a phishing mail ¶ and typed my password, what now?",
		"Ransomware?? ¶ All files on my desktop have a strange name.",
		"My laptop was stolen ¶ Last night, out of the car. It has customer data on it.",
		"Virus warning ¶ The antivirus found a trojan in an Excel file.",
		"Account compromised ¶ There are logins from abroad that were not mine.",
		"这封邮件是真的吗？ ¶ 让我点链接更新工资卡信息和密码，感觉像诈骗。",
	},
	tickets.Request: {
		"想买一台显示器 ¶ 做设计需要两块屏幕。",
		"申请一台笔记本电脑 ¶ 下周出差用，借用三天。",
		"新员工入职 ¶ 11 月 20 日有两位新同事到岗，需要准备电脑。",
		"申请安装 Photoshop ¶ 市场部做海报用。",
		"搬工位 ¶ 周五从三楼搬到五楼，主机和电话要一起搬。",
		"ERP 功能需求 ¶ 建议增加按客户导出订单的功能。",
		"Purchase of two monitors ¶ For the design team, please.",
		"New employee on Monday ¶ She needs a laptop and a headset.",
		"Please install AutoCAD ¶ On my PC, for the Suzhou project.",
		"Feature request for the CRM ¶ An export by region would save us hours.",
		"I would like to borrow a projector ¶ I would like to request one for Friday.",
		"Office move ¶ Our team goes to the fifth floor with all computers.",
		"下周一新人到岗 ¶ 请准备笔记本和账号。",
		"Need a second monitor ¶ For the new designer.",
	},
	tickets.Consulting: {
		"Excel 透视表怎么用 ¶ 想按月汇总销售额。",
		"申请 OA 培训 ¶ 部门新来了五个人，想请教一下流程怎么操作，有没有教程？",
		"请教如何设置邮件自动回复 ¶ 下周休假。",
		"Teams 和企业微信有什么区别 ¶ 开会应该用哪一个？",
		"有没有报销系统的操作手册 ¶ 第一次报销，不知道怎么做。",
		"咨询一下 ¶ 出差的时候怎么用手机收邮件？",
		"How do I make a pivot table in Excel? ¶ By month and region.",
		"Training for the new CRM ¶ Five people would like to learn it.",
		"How to set an out of office reply ¶ I use Outlook.",
		"What is the difference between OneDrive and the shared drive? ¶ Where should my files go?",
		"User guide for the expense system ¶ Is there one in English?",
		"Could you explain mail merge ¶ How can I do it in Word?",
		"怎样把 PPT 转成 PDF ¶ 求教，急用。",
	},
	"": {
		"你好 ¶ 在吗？有件事麻烦看一下。",
		"怎么回事 ¶ 又不行了，怎么办？",
		"Hello ¶ It does not work again. Please see the screenshot.",
		"Lunch ¶ Shall we meet in the meeting room at noon?",
		"",
	},
}

func TestSort(t *testing.T) {
	for want, mails := range reports {
		for _, m := range mails {
			subject, text := m.parts()
			t.Run(string(want)+"/"+subject, func(t *testing.T) {
				if got, reason := triage.Sort(subject, text); got != want {
					t.Errorf("got %q: %s", got, reason.In(tickets.English))
				}
			})
		}
	}
}

func TestReason(t *testing.T) {
	for _, tc := range []struct{ name, subject, text, chinese, english string }{
		{"words in their order", "忘记密码", "登录不了", "按“忘记密码”“登录不了”归入账户权限类", `"忘记密码", "登录不了" → account`},
		{"both languages", "Printer", "卡纸", "按“printer”“卡纸”归入硬件故障类", `"printer", "卡纸" → hardware`},
		{"each word once", "VPN", "vpn VPN 掉线 掉线", "按“vpn”“掉线”归入网络连接类", `"vpn", "掉线" → network`},
		{"at most five", "", "闪退, 崩溃, 无响应, 卡死, bug, crash", "按“闪退”“崩溃”“无响应”“卡死”“bug”归入软件问题类", `"闪退", "崩溃", "无响应", "卡死", "bug" → software`},
		{"one of the things", "显示器", "屏幕黑屏", "按“显示器”“黑屏”归入硬件故障类", `"显示器", "黑屏" → hardware`},
		{"nothing known", "你好", "Good morning", "没有出现已知的词", "no known words"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, reason := triage.Sort(tc.subject, tc.text)
			if got := reason.In(tickets.Chinese); got != tc.chinese {
				t.Errorf("got %s, want %s", got, tc.chinese)
			}
			if got := reason.In(tickets.English); got != tc.english {
				t.Errorf("got %s, want %s", got, tc.english)
			}
		})
	}
}

func TestWordsInText(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       tickets.Category
	}{
		{"upper case", "THE PRINTER", tickets.Hardware},
		{"full width", "ＶＰＮ　ｅｒｒｏｒ", tickets.Network},
		{"traditional characters", "申請權限", tickets.Account},
		{"as it is said in Taipei", "網路印表機", tickets.Hardware},
		{"plural", "two scanners", tickets.Hardware},
		{"Latin inside Chinese", "今天ERP很慢", tickets.Software},
		{"not inside a Latin word", "fundamental saplings, oak, lanes, bugle", ""},
		{"not before a digit", "vpn2023", ""},
		{"not behind an accent", "évpn", ""},
		{"over a line break", "I forgot\r\n  my password", tickets.Account},
		{"hyphen or blank", "wi fi, Wi-Fi, wi_fi", tickets.Network},
		{"typographic apostrophe", "it won’t boot", tickets.Hardware},
		{"the longest word counts", "网络摄像头", tickets.Hardware},
		{"behind what begins like a word", "username or printer", tickets.Account},
		{"a hiding word", "a screenshot of the meeting room", ""},
		{"invalid UTF-8", "\xff打印机\xfe", tickets.Hardware},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, reason := triage.Sort("", tc.text); got != tc.want {
				t.Errorf("got %q, want %q: %s", got, tc.want, reason.English)
			}
		})
	}
}

func TestWeights(t *testing.T) {
	for _, tc := range []struct {
		name, subject, text string
		want                tickets.Category
	}{
		{"the subject counts double", "VPN", "erp", tickets.Network},
		{"the subject counts double, the other way round", "ERP", "vpn", tickets.Software},
		{"in both it counts double, not three times", "掉线 闪退", "掉线 掉线 erp", tickets.Software}, // 8 to 8+3
		{"repeated words count once", "", "闪退 崩溃 " + strings.Repeat("掉线 ", 50), tickets.Software},
		{"several things are one", "", "erp " + strings.Repeat("打印机 显示器 键盘 ", 5), tickets.Software},
		{"several matters add up", "", "闪退 崩溃 掉线", tickets.Software},
		{"a tie goes to security", "", "可疑 掉线", tickets.Security},
		{"a tie goes to account before the system", "", "忘记 erp 密码", tickets.Account},
		{"an attack outweighs what it happened to", "我的账号", "密码 被盗 掉线", tickets.Security},
		{"what lies beyond 64 KiB is not read", "", "erp " + strings.Repeat("字", 64<<10/3) + "病毒", tickets.Software},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, reason := triage.Sort(tc.subject, tc.text); got != tc.want {
				t.Errorf("got %q, want %q: %s", got, tc.want, reason.English)
			}
		})
	}
}

func TestExtraWords(t *testing.T) {
	sorter := triage.New(map[tickets.Category][]string{
		tickets.Software: {"MES", "排产系统", " 蓝鲸 "},
		tickets.Hardware: {"ERP", "门禁 控制器"},
		tickets.Account:  {"门禁 控制器", "", " - "},
		"printing":       {"plotter"},
	})
	for _, tc := range []struct {
		name, text string
		want       tickets.Category
		reason     string
	}{
		{"a new word", "mes 报错", tickets.Software, `"MES", "报错" → software`},
		{"a new Chinese word", "排产系统很慢", tickets.Software, `"排产系统" → software`},
		{"blanks around it", "蓝鲸", tickets.Software, `"蓝鲸" → software`},
		{"a default word moves", "erp", tickets.Hardware, `"ERP" → hardware`},
		{"in two categories", "门禁-控制器", tickets.Account, `"门禁 控制器" → account`},
		{"the default words stay", "vpn", tickets.Network, `"vpn" → network`},
		{"an unknown category", "plotter", "", "no known words"},
		{"words of nothing", "- -", "", "no known words"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, reason := sorter.Sort("", tc.text); got != tc.want || reason.English != tc.reason {
				t.Errorf("got %q: %s; want %q: %s", got, reason.English, tc.want, tc.reason)
			}
		})
	}
	if got, _ := triage.Sort("", "erp"); got != tickets.Software {
		t.Errorf("extra words changed the default sorter: erp is %q", got)
	}
}

func FuzzSort(f *testing.F) {
	for _, mails := range reports {
		subject, text := mails[0].parts()
		f.Add(subject, text)
	}
	f.Add("\xff\xfe", "ſ İ ﬁ ｶﾞ 한글 \u2011\u3000")
	f.Fuzz(func(t *testing.T, subject, text string) {
		category, reason := triage.Sort(subject, text)
		if category != "" && !category.Valid() {
			t.Errorf("category %q", category)
		}
		if reason.Chinese == "" || reason.English == "" || !utf8.ValidString(reason.English) {
			t.Errorf("reason %q", reason)
		}
		if (category == "") != (reason.English == "no known words") {
			t.Errorf("category %q for the reason %q", category, reason.English)
		}
		if again, _ := triage.Sort(subject, text); again != category {
			t.Errorf("once %q, once %q", category, again)
		}
	})
}

// BenchmarkSort shows that a text full of beginnings of words costs no more a byte than plain text.
func BenchmarkSort(b *testing.B) {
	for _, bc := range []struct{ name, unit string }{
		{"plain", "the quick brown fox jumps over the lazy dog "},
		{"beginnings", "i forgot my passwor what is the differenc 用户名或密码错 "},
		{"words", "打印机卡纸vpn连不上"},
	} {
		text := strings.Repeat(bc.unit, 64<<10/len(bc.unit))
		b.Run(bc.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				triage.Sort("", text)
			}
		})
	}
}
