package reply

import "testing"

func TestSignature(t *testing.T) {
	for name, c := range map[string]struct{ text, signature string }{
		"separator":                        {"Hello\n\n-- \nZhang San", "--\nZhang San"},
		"separator without blank":          {"Hello\n--\nZhang San", "--\nZhang San"},
		"underscores":                      {"Hello\n\n______\nZhang San, IT", "______\nZhang San, IT"},
		"wide rule with contact":           {"您好\n\n——————\n张三 市场部\n电话：010-12345678", "——————\n张三 市场部\n电话：010-12345678"},
		"rule of html with contact":        {"您好\n\n* * *\n\n张三\n\nzhangsan@corp.example", "* * *\n\n张三\n\nzhangsan@corp.example"},
		"closing and name":                 {"Hello\n\nBest regards,\nZhang San", "Best regards,\nZhang San"},
		"closing, gap, name and post":      {"Hello\n\nKind regards\n\nZhang San\nIT Department", "Kind regards\n\nZhang San\nIT Department"},
		"closing and name on a line":       {"Hello\n\nBest regards, Zhang San", "Best regards, Zhang San"},
		"closing above a separator":        {"Hello\n\nRegards,\nJohn\n\n--\nJohn Doe\nCorp", "Regards,\nJohn\n\n--\nJohn Doe\nCorp"},
		"zh two lines":                     {"您好\n\n此致\n敬礼！\n\n张三", "此致\n敬礼！\n\n张三"},
		"zh with date":                     {"您好\n\n祝好\n张三\n2023年11月15日", "祝好\n张三\n2023年11月15日"},
		"zh with contact":                  {"您好\n\n祝您工作愉快！\n\n张三\n市场部\n手机：13800000000", "祝您工作愉快！\n\n张三\n市场部\n手机：13800000000"},
		"zh suffix":                        {"您好\n\n张三 敬上", "张三 敬上"},
		"contact block":                    {"您好，请开通权限。\n\n张三\n电话：010-12345678 转 801\nzhangsan@corp.example", "张三\n电话：010-12345678 转 801\nzhangsan@corp.example"},
		"thanks stay, the block goes":      {"Hello\n\nThanks,\nZhang San\nzhangsan@corp.example", "Zhang San\nzhangsan@corp.example"},
		"decorated block":                  {"Hello\n\n| Zhang San\n| IT\n| zhangsan@corp.example\n| www.corp.example", "| Zhang San\n| IT\n| zhangsan@corp.example\n| www.corp.example"},
		"company with abbreviation":        {"Hello\n\nRegards\nZhang San\nCorp Information Technology Co., Ltd.", "Regards\nZhang San\nCorp Information Technology Co., Ltd."},
		"name above device":                {"Can't go higher.\n\nZhang San\nvia mobile", "Zhang San\nvia mobile"},
		"device below closing":             {"Hello\n\nMvh\nAnna\n\nSkickat från min iPhone", "Mvh\nAnna\n\nSkickat från min iPhone"},
		"de":                               {"Hallo\n\nMit freundlichen Grüßen\nMax Muster", "Mit freundlichen Grüßen\nMax Muster"},
		"fr":                               {"Bonjour\n\nCordialement,\nJean Dupont", "Cordialement,\nJean Dupont"},
		"da":                               {"Hej\n\nKh\nPeter", "Kh\nPeter"},
		"pl":                               {"Cześć\n\nPozdrawiam,\nJan", "Pozdrawiam,\nJan"},
		"scanner":                          {"Hello\n\nVirus-free. www.scanner.example", "Virus-free. www.scanner.example"},
		"drawn rules at the end":           {"Hello\n\n***\n______\n   -------", "***\n______\n   -------"},
		"mail tracker":                     {"Hello\n\nᐧ", "ᐧ"},
		"notice below a rule":              {"Hello\n\n------------------\nThis message is intended solely for the use of the addressee.", "------------------\nThis message is intended solely for the use of the addressee."},
		"none: thanks and name":            {"Hello\n\nThanks,\nZhang San", ""},
		"none: name with a dash":           {"Hello\n\n-Zhang San", ""},
		"none: closing alone":              {"Hello\n\nBest regards", ""},
		"none: closing above a sentence":   {"Hello\n\nBest regards,\nplease restart the server.", ""},
		"none: only a signature":           {"-- \nZhang San", ""},
		"none: only a closing":             {"Best regards,\nZhang San", ""},
		"none: separator in a line":        {"And here is a fix -- this is no signature.\n\nbye", ""},
		"none: divider":                    {"Part one.\n\n----\n\nPart two is longer than that.", ""},
		"none: table":                      {"Name Due\n----\nVPN 2023\nMail zhangsan@corp.example", ""},
		"none: steps with an address":      {"您好\n\n登录地址：\nhttp://erp.corp.example\n账号：zhangsan", ""},
		"none: confidential request":       {"您好\n\n这个文件涉及商业秘密，请保密，并删除收件人里的外部地址。", ""},
		"none: chinese servers":            {"您好，配置如下。\n\n服务器\nhttp://erp.corp.example\nadmin@corp.example", ""},
		"none: assets below a rule":        {"您好\n\n----\n资产号 PC20231115001\n地址 192.168.100.200", ""},
		"none: best of a list":             {"Which one?\nGood\nBest\nWorst", ""},
		"forge's footer":                   {"Fixed.\n\n—\nReply to this email directly or view it on the forge.", "—\nReply to this email directly or view it on the forge."},
		"none: that is all":                {"您好\n\n文件在这里\n\n以上", ""},
		"none: on the desk":                {"您好\n\n在桌面上", ""},
		"name with a particle":             {"Hallo\n\nMet vriendelijke groet,\nJan van Dijk", "Met vriendelijke groet,\nJan van Dijk"},
		"none: servers":                    {"Please check:\n\nServer One\n10.0.0.1\nhttps://one.corp.example", ""},
		"none: asked for name and phone":   {"张三\n13800000000", ""},
		"none: long text below two dashes": {"Hello\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17", ""},
		"none: command at the end":         {"Hello\n\nRegards\nZhang San\n#close", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if p := Read(c.text).Split(); p.Signature != c.signature {
				t.Errorf("got %q, new %q", p.Signature, p.New)
			}
		})
	}
}
