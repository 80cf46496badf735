package triage

import "maildesk/tickets"

// Weights. A report goes to the category with the greatest sum over its different words, each counted once however
// often it stands there, and double if it is in the subject. Below matter, one word of each weight counts for a
// category: who names a monitor, a screen and a printer has not said three times that one is broken.
//
//	12 an attack or a leak: to miss one costs most, so it outweighs the account or the device that it happened to
//	4  names the matter: what is asked for, or what fails and how; also what an operator's own words weigh
//	3  names a system or a net, which people name when it fails
//	2  names a thing of which anything may be said: a monitor can be broken or wanted
//	1  a hint, which decides only when little else is known
//	0  hides a shorter word and says nothing itself: 怎么回事 asks for no training, a screenshot is no screen
//
// On a tie the category wins that comes first in precedence.
const (
	attack = 12
	matter = 4
	system = 3
	thing  = 2
	hint   = 1
	hides  = 0
)

// precedence settles ties: security and account words beat general ones, and the general names of systems come last.
var precedence = []tickets.Category{
	tickets.Security, tickets.Account, tickets.Network, tickets.Hardware, tickets.Request, tickets.Consulting, tickets.Software,
}

// defaults are the words that the desk knows, one list a category and weight, divided by "|". Traditional characters
// are read as simplified ones, full-width letters as half-width ones, a hyphen or underscore as a blank. A Latin word
// stands alone, or with an s behind it.
var defaults = []struct {
	category tickets.Category
	weight   int
	words    string
}{
	{tickets.Security, attack, "钓鱼|钓鱼邮件|钓鱼网站|病毒|木马|勒索|勒索软件|勒索病毒|中毒|中了毒|被黑|黑客|入侵|泄露|泄漏|泄密|诈骗|诈骗邮件|盗号|被盗|被盗用|" +
		"恶意软件|恶意链接|恶意程序|挖矿|异地登录|可疑登录|可疑邮件|可疑链接|安全事件|" +
		"phishing|phish|phished|virus|viruses|malware|ransomware|trojan|spyware|hacked|hacker|data breach|data leak|scam|compromised|" +
		"suspicious email|suspicious mail|suspicious message|suspicious link|suspicious login|suspicious sign in|security incident|security breach"},
	{tickets.Security, matter, "可疑|陌生链接|不明链接|不明附件|点了链接|点开了链接|点击了链接|冒充|仿冒|假冒|漏洞|信息安全|网络安全|失窃|被偷|电脑丢了|电脑丢失|笔记本丢了|笔记本丢失|手机丢了|u盘丢了|" +
		"suspicious|spoofed|impersonating|impersonated|pretending to be|vulnerability|stolen|leaked|unauthorised|unauthorized|" +
		"clicked a link|clicked the link|clicked on a link|clicked on the link|lost laptop|lost my laptop|lost my phone|infected"},
	{tickets.Security, thing, "垃圾邮件|陌生邮件|弹窗广告|spam|fraud|antivirus|杀毒软件"},

	{tickets.Account, matter, "权限|账号|帐号|账户|帐户|忘记密码|忘了密码|重置密码|密码重置|修改密码|改密码|密码过期|解锁|停用|被锁|锁定|被锁定|无权访问|没有权限|无权限|动态口令|二次验证|" +
		"permission|access right|need access|grant access|give me access|access denied|unlock|account locked|locked out|locked account|password reset|reset password|reset my password|" +
		"forgot password|forgot my password|forgotten my password|forgotten password|change my password|password expired|password has expired|mfa|2fa|single sign on"},
	{tickets.Account, thing, "密码|口令|用户名|登录名|登录不了|登录不上|登陆不了|登陆不上|登不上|登不进|登录失败|登陆失败|无法登录|无法登陆|无法登入|不能登录|" +
		"password|username|user name|account|credential|login failed|can't log in|cannot log in|can not log in|unable to log in|can't login|cannot login|" +
		"can't sign in|cannot sign in|unable to sign in|authenticator|authorisation|authorization"},
	{tickets.Account, hint, "登录|登陆|登入|开通|授权|忘记|忘了|重置|过期|验证码|用户名或密码错误|用户名或密码不正确|用户名或者密码错误|账号或密码错误|密码错误|" +
		"log in|login|log on|logon|logging in|sign in|signing in|access|reset|forgot|forgotten|expired|locked|wrong password|incorrect password|" +
		"username or password|user name or password|username and password"},

	{tickets.Network, matter, "断网|上不了网|连不上网|不能上网|无法上网|网速|丢包|掉线|packet loss|no internet|no network|no wifi|no wi-fi|internet is down|network is down"},
	{tickets.Network, system, "vpn|wifi|wi-fi|无线网|无线网络|网络|网路|网线|网口|宽带|路由器|交换机|内网|外网|局域网|ip地址|" +
		"network|internet|wireless|router|ethernet|lan|dns|dhcp|ip address|ip addresses|hotspot"},
	{tickets.Network, thing, "连不上|连接不上|连接不了|无法连接|网页打不开|打不开网页|网站打不开|信号|热点|代理|防火墙|上网|" +
		"can't connect|cannot connect|can not connect|unable to connect|disconnected|disconnecting|disconnects|proxy|firewall|bandwidth|latency|ping"},

	{tickets.Hardware, matter, "卡纸|不进纸|打印不出|打印不了|无法打印|蓝屏|黑屏|花屏|死机|开不了机|无法开机|不能开机|不开机|充不进电|充不了电|异响|漏墨|蓝牙|没声音|没有声音|不通电|" +
		"硬件|硬件故障|摔坏|进水|paper jam|jammed|won't print|can't print|cannot print|won't turn on|won't power on|won't boot|does not turn on|doesn't turn on|" +
		"not turning on|blue screen|black screen|not charging|won't charge|hardware|bluetooth|flickers|flickering|flicker|overheats|overheating"},
	{tickets.Hardware, thing, "打印机|网络打印机|印表机|网路印表机|复印机|扫描仪|投影仪|投影|显示器|显示屏|萤幕|屏幕|键盘|鼠标|滑鼠|无线鼠标|无线键盘|硬盘|硬碟|内存|主板|电源|充电器|电池|" +
		"笔记本|笔记本电脑|台式机|主机|墨盒|硒鼓|摄像头|网络摄像头|耳机|麦克风|话筒|扩展坞|风扇|u盘|考勤机|打卡机|座机|平板|" +
		"printer|copier|scanner|monitor|screen|keyboard|mouse|wireless mouse|wireless keyboard|hard disk|hard drive|battery|batteries|charger|laptop|notebook|" +
		"desktop|docking station|dock|projector|toner|cartridge|webcam|headset|microphone|motherboard|power supply|usb|desk phone|speaker|tablet"},
	{tickets.Hardware, hint, "电脑|设备|手机|坏了|computer|pc|device|broken"},

	{tickets.Request, matter, "申请|采购|购买|想买|要买|领用|借用|借一台|借一个|想借|领一台|领一个|到岗|需要一台|需要一个|新员工|新同事|新入职|入职|离职|搬工位|搬迁|装机|服务请求|需求|希望增加|建议增加|新增功能|增加功能|安装软件|" +
		"帮忙安装|请安装|需要安装|帮我装|报废|purchase|buy|order a|order an|order new|procure|procurement|new employee|new hire|new starter|new joiner|onboarding|offboarding|" +
		"would like a|need a new|need a second|need another|would like to request|request for|requesting|like to borrow|please install|need to install|feature request|enhancement|service request|office move|move my desk"},
	{tickets.Request, thing, "安装|许可证|正版|扩容|更换|换一个|换一台|install|installed|licence|license|borrow|upgrade my|replacement|quota"},
	{tickets.Request, hint, "新增|增加|建议|想要|希望|request|new laptop|new monitor|suggestion"},

	{tickets.Consulting, matter, "怎么用|怎样用|怎么使用|如何使用|怎样使用|使用方法|怎么设置|怎样设置|如何设置|怎么操作|如何操作|怎么做|怎样做|怎么弄|怎么写|怎么配|怎么把|怎样把|如何把|怎么将|如何将|不会用|请教|求教|咨询|培训|教程|操作手册|使用手册|" +
		"操作指南|有什么区别|课程|学习|how to|how do i|how do we|how do you|how can i|how can we|how should i|training|tutorial|user guide|user manual|workshop|explain|teach|" +
		"learn|best practice|what is the difference|what's the difference|consultation"},
	{tickets.Consulting, hint, "怎么|怎样|如何|请问|能不能教|question about|is it possible|wondering"},

	{tickets.Software, system, "erp|erp系统|crm|crm系统|oa|oa系统|sap|用友|金蝶|财务系统|财务软件|业务系统|报销系统"},
	{tickets.Software, matter, "闪退|崩溃|无响应|未响应|卡死|程序错误|安装失败|文件打不开|打不开文件|发不出邮件|" +
		"收不到邮件|发不了邮件|crash|crashes|crashed|crashing|freezes|freezing|froze|not responding|won't open|doesn't open|bug|installation failed|installation fails|" +
		"can't send email|cannot send email|can't send mail|can't receive email|not receiving email|error message|software problem|软件问题"},
	{tickets.Software, thing, "excel|ppt|powerpoint|word文档|word document|microsoft word|outlook|teams|office|wps|foxmail|钉钉|企业微信|飞书|浏览器|软体|chrome|firefox|软件|程序|插件|加载项|" +
		"application|software|browser|windows|macos|pdf|photoshop|autocad|acrobat|add in|plugin|microsoft access"},
	{tickets.Software, hint, "系统|打不开|报错|邮箱|更新|升级|保存不了|app|error|mailbox|mailboxes|update|system|file"},

	{"", hides, "怎么回事|怎么办|怎么了|怎么都|怎么也|不知怎么|不知道怎么|如何处理|如何解决|怎么解决|怎么处理|截屏|截图|屏幕截图|会议室|培训室|培训教室|screenshot|screen shot|" +
		"meeting room|training room|conference room|office hours|in the office|in office|at the office|our office|my office|home office|office building|head office|" +
		"没有病毒|不是病毒|代理商|无论如何|登录页|登录页面|login page|not a virus|系统提示|办公设备"},
}

// traditional characters of the words above, and their simplified counterparts in the same order.
const (
	traditional = "釣魚郵馬軟體竊洩詐騙盜惡鏈礦異錄陸點開廣權賬帳號戶記碼過鎖無證動態驗網絡線斷連寬帶丟換機內區紙進藍壞聲電腦設備儀顯鍵標盤頭話風處購" +
		"買請領員離職裝幫報廢許擴麼樣問詢訓課習財務業閃潰應響檔統瀏覽錯誤螢筆個書會別辦圖復複將彈掃攝殺熱級議訪敗載遷釘銷項飛麥擊塢牆頁題論決"
	simplifieds = "钓鱼邮马软体窃泄诈骗盗恶链矿异录陆点开广权账帐号户记码过锁无证动态验网络线断连宽带丢换机内区纸进蓝坏声电脑设备仪显键标盘头话风处购" +
		"买请领员离职装帮报废许扩么样问询训课习财务业闪溃应响档统浏览错误萤笔个书会别办图复复将弹扫摄杀热级议访败载迁钉销项飞麦击坞墙页题论决"
)
