package tickets_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"maildesk/tickets"
)

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("今天早上开始登录系统时提示密码错误，", 20)
	for _, c := range []struct{ name, text, word, want string }{
		{"whole", "VPN 连不上", "vpn", "VPN 连不上"},
		{"behind a space", "the VPN is down", "VPN", "the VPN is down"},
		{"lines become one", "Hello,\r\n\r\nthe  VPN\nis down", "down", "Hello, the VPN is down"},
		{"inside a word", "OpenVPN客户端", "VPN", "OpenVPN客户端"},
		{"Chinese", "请问打印机在哪里", "打印", "请问打印机在哪里"},
		{"none", "nothing here", "VPN", ""},
		{"what is no UTF-8", "\xff\xfeA VPN\xff", "vpn", "A VPN"},
		{"far inside", strings.Repeat("a ", 500) + "VPN" + strings.Repeat(" b", 500), "vpn", "…" + strings.Repeat(" a", 10) + " VPN" + strings.Repeat(" b", 27) + "…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := tickets.Excerpt(c.text, []string{"not there", c.word}, 80); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	for n := range len(long) {
		cut := tickets.Excerpt(long[n%3:]+"VPN"+long, []string{"VPN"}, 80)
		if utf8.RuneCountInString(cut) > 80 || !utf8.ValidString(cut) || !strings.Contains(cut, "VPN") {
			t.Fatalf("got %q", cut)
		}
	}
	if got := tickets.Excerpt("second comes first", []string{"first", "second"}, 12); got != "second com…" {
		t.Errorf("of two words: %q", got)
	}
}
