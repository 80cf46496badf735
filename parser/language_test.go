package parser

import (
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"Chinese", "登录系统时提示用户名或密码错误", "zh"},
		{"English", "I cannot log in to the ERP system since this morning.", "en"},
		{"seven Han characters are 21 letters", "打印机卡纸了呢", "zh"},
		{"six are too few", "打印机卡纸了", ""},
		{"nineteen letters", "abcde fghij klmno pqrs", ""},
		{"twenty letters", "abcde fghij klmno pqrst", "en"},
		{"Chinese full of English words", "登录 erp 系统时 outlook client 提示 invalid username or password", "zh"},
		{"English with a Chinese name", "Please check the account of 张三, who cannot log in since this morning.", "en"},
		{"thanks", "Thanks!", ""},
		{"only an address and a URL", "https://intranet.corp.example/very/long/path zhangsan@corp.example www.corp.example", ""},
		{"only codes in capitals", "ERR CONNECTION TIMEOUT WHILE OPENING SOCKET TO SERVER", ""},
		{"only a stack trace", "java.lang.NullPointerException: null\n\tat com.corp.example.Login.check(Login.java:42)\n\tat com.corp.example.Main.main(Main.java:7)\nCaused by: java.io.IOException: broken pipe", ""},
		{"Chinese above an English stack trace", "系统一登录就报错，请看\njava.lang.NullPointerException: cannot invoke method on this object\n\tat com.corp.example.Login.check(Login.java:42)", "zh"},
		{"Chinese above an English error", "双击图标后没有反应\nError: the application was unable to start correctly", "zh"},
		{"only log lines", "2023-11-15 09:30:01 connection to the server timed out after thirty seconds", ""},
		{"only code", "if (user == null) { return error; }\nfoo(bar, baz);", ""},
		{"Japanese", "プリンターがうごかないのですがどうすればいいでしょうか", ""},
		{"nothing", "", ""},
		{"a long text is sampled", strings.Repeat("登录系统时提示错误。", 10_000) + strings.Repeat("english words ", 100_000), "zh"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := language(c.text); got != c.want {
				t.Errorf("language(%q) = %q, want %q", c.text[:min(len(c.text), 80)], got, c.want)
			}
		})
	}
}

// Each alternative of machineLine is found: mayBeMachine passes over none.
func TestMachineLines(t *testing.T) {
	for _, line := range []string{
		"  at com.corp.example.Login.check(Login.java:42)", `File "login.py", line 7, in check`, "Traceback (most recent call last):", "Caused by: broken pipe",
		"... 12 more", "goroutine 7 [running]", "java.io.IOException: broken pipe", "TypeError", "2Error", "2023-11-15 09:30", "09:30:01.5 x", "ERROR x", "[WARN] x",
		"INFO x", "DEBUG x", "FATAL x", "$ ls", "# id", "> x", "PS C:", `C:\Windows`, "ERR_CONNECTION", "error code : 5", "Fatal：x", "WARNING: x", "exception: x",
		"Stop code: x", "\u017ftop code: x", "错误代码：17", "错误信息: x", "错误提示 ：x", "0x80070005",
	} {
		if !isMachineLine(line) {
			t.Errorf("%q is prose", line)
		}
	}
	for _, line := range []string{"", "错误代码是 17", "17", "An error occurred", "Attention please", "打印机卡纸了"} {
		if isMachineLine(line) {
			t.Errorf("%q is a program's", line)
		}
	}
}

func TestTheSubjectHelpsToTellTheLanguage(t *testing.T) {
	for name, c := range map[string]struct{ mail, want string }{
		"a short text":             {"Subject: =?UTF-8?B?5omT5Y2w5py65LiN6IO95omT5Y2w5LqG?=\n\n坏了\n", "zh"},
		"the header alone":         {"Subject: Laptop keeps freezing all the time\n\n", "en"},
		"a reply's subject is not": {"Subject: Re: Laptop keeps freezing all the time\nIn-Reply-To: <a@b.example>\n\n好的\n", ""},
	} {
		if got := parseString(t, "From: a@corp.example\nContent-Type: text/plain; charset=utf-8\n"+c.mail, Options{}).Language; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
