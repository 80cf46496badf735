package thread

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFormatNumber(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	for _, c := range []struct {
		name string
		now  time.Time
		seq  int
		want string
	}{
		{"first of the day", time.Date(2023, 11, 15, 9, 30, 0, 0, shanghai), 1, "IT20231115001"},
		{"the desk's date, not UTC's", time.Date(2023, 11, 14, 16, 0, 0, 0, time.UTC).In(shanghai), 2, "IT20231115002"},
		{"the day outgrows three digits", time.Date(2023, 11, 15, 0, 0, 0, 0, shanghai), 1000, "IT202311151000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := FormatNumber("IT", c.now, c.seq); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			day, seq, ok := ParseNumber("IT", c.want)
			if !ok || day != Day(c.now) || seq != c.seq {
				t.Errorf("ParseNumber(%s) = %s, %d, %v", c.want, day, seq, ok)
			}
		})
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for _, bad := range []string{"", "IT", "IT20231115", "IT20231115000", "IT202311150001", "IT20231315001", "HR20231115001", "IT20231115abc"} {
		if day, seq, ok := ParseNumber("IT", bad); ok {
			t.Errorf("ParseNumber(%q) = %s, %d", bad, day, seq)
		}
	}
}

func TestFindNumbers(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"tag in a subject", "Re: [IT20231115001] 无法登录ERP", []string{"IT20231115001"}},
		{"lower case with a blank", "about it 20231115001, please", []string{"IT20231115001"}},
		{"full-width", "关于ＩＴ２０２３１１１５００１的问题", []string{"IT20231115001"}},
		{"between Han letters", "工单IT20231115001还没好", []string{"IT20231115001"}},
		{"four digits of sequence", "IT202311151000", []string{"IT202311151000"}},
		{"two, one twice", "IT20231115001 IT20231115002 it20231115001", []string{"IT20231115001", "IT20231115002"}},
		{"end of a sentence", "See IT20231115001.", []string{"IT20231115001"}},
		{"another system's prefix", "AUDIT20231115001", nil},
		{"part of a longer identifier", "PRJ-IT20231115001", nil},
		{"goes on as an identifier", "IT20231115001-B7", nil},
		{"no date", "IT99999999001", nil},
		{"a phone number", "call 20231115001", nil},
		{"in a file name", "IT20231115001.pdf", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := FindNumbers("IT", c.text); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTokensBindTicketEntryRecipientAndPurpose(t *testing.T) {
	key, err := NewKey("k1")
	if err != nil {
		t.Fatal(err)
	}
	keys := Keys{key}
	token := keys.Token("IT20231115001", 7, "Zhangsan@corp.example", "confirm")
	if len(token) != 16 || strings.ToLower(token) != token {
		t.Fatalf("token %q is not 16 letters of lower-case base32", token)
	}
	if !keys.Verify(token, "IT20231115001", 7, "zhangsan@corp.example", "confirm") {
		t.Error("the recipient's own token is refused")
	}
	for name, ok := range map[string]bool{
		"another ticket":    keys.Verify(token, "IT20231115002", 7, "zhangsan@corp.example", "confirm"),
		"another entry":     keys.Verify(token, "IT20231115001", 8, "zhangsan@corp.example", "confirm"),
		"another recipient": keys.Verify(token, "IT20231115001", 7, "lisi@corp.example", "confirm"),
		"another purpose":   keys.Verify(token, "IT20231115001", 7, "zhangsan@corp.example", ""),
		"a cut token":       keys.Verify(token[:15], "IT20231115001", 7, "zhangsan@corp.example", "confirm"),
	} {
		if ok {
			t.Errorf("the token passes for %s", name)
		}
	}
}

func TestAChangedKeyStillVerifies(t *testing.T) {
	old, _ := NewKey("2023")
	fresh, _ := NewKey("2024")
	path := filepath.Join(t.TempDir(), "maildesk.secret")
	if err := os.WriteFile(path, []byte("# the first signs\n"+fresh.Line()+"\n\n"+old.Line()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := LoadKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	token := Keys{old}.Token("IT20231115001", 1, "zhangsan@corp.example", "")
	if !keys.Verify(token, "IT20231115001", 1, "zhangsan@corp.example", "") {
		t.Error("a token of the former key is refused")
	}
	if keys.Token("IT20231115001", 1, "zhangsan@corp.example", "") == token {
		t.Error("the former key still signs")
	}
}

func TestLoadKeysSaysWhatIsWrong(t *testing.T) {
	for name, content := range map[string]string{
		"empty":     "# nothing\n",
		"short key": "k1 c2hvcnQ=\n",
		"no base64": "k1 !!!\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "s")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := LoadKeys(path); err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v does not name the file", err)
			}
		})
	}
}

func TestMessageIDRoundTrip(t *testing.T) {
	key, _ := NewKey("k1")
	keys := Keys{key}
	id := keys.MessageID("IT20231115001", 42, "zhangsan@corp.example", "corp.example")
	local, _, _ := strings.Cut(id, "@")
	if len(local) > 64 {
		t.Errorf("local part has %d octets", len(local))
	}
	for _, seen := range []string{id, strings.ToUpper(id)} {
		ref, ok := ParseMessageID(seen)
		if !ok || ref.Number != "IT20231115001" || ref.Entry != 42 {
			t.Fatalf("ParseMessageID(%q) = %+v, %v", seen, ref, ok)
		}
		if !keys.Verify(ref.Token, ref.Number, ref.Entry, "zhangsan@corp.example", "") {
			t.Errorf("the token of %q does not verify", seen)
		}
	}
	for _, other := range []string{"", "abc@corp.example", "IT20231115001.42@corp.example", "dask.7.aaaaaaaaaaaaaaaa@corp.example"} {
		if ref, ok := ParseMessageID(other); ok {
			t.Errorf("ParseMessageID(%q) = %+v", other, ref)
		}
	}
}

func TestMessageIDWithoutTicket(t *testing.T) {
	key, _ := NewKey("k1")
	keys := Keys{key}
	for _, seen := range []string{keys.MessageID(NoTicket, 7, "liwei@corp.example", "corp.example"), strings.ToUpper(keys.MessageID(NoTicket, 7, "liwei@corp.example", "corp.example"))} {
		ref, ok := ParseMessageID(seen)
		if !ok || !keys.Verify(ref.Token, ref.Number, ref.Entry, "liwei@corp.example", "") {
			t.Errorf("ParseMessageID(%q) = %+v, %v", seen, ref, ok)
		}
	}
}

func TestFooterAndTokenLineSurviveQuoting(t *testing.T) {
	quoted := "谢谢\n\n> 内容\n> " + Footer("IT20231115001", "IT 服务台") + "\n"
	if got := FindFooters(quoted); !slices.Equal(got, []string{"IT20231115001"}) {
		t.Errorf("footers %q", got)
	}
	line := TokenLine("IT20231115001", "abcdefghijklmnop")
	got := FindTokenLines("已解决\r\n" + line + "\r\n")
	if len(got) != 1 || got[0] != [2]string{"IT20231115001", "abcdefghijklmnop"} {
		t.Errorf("token lines %q", got)
	}
	if got := FindTokenLines("see " + line + " there"); got != nil {
		t.Errorf("a token in running text counts: %q", got)
	}
}

func FuzzFindNumbers(f *testing.F) {
	for _, seed := range []string{"IT20231115001", "ＩＴ２０２３１１１５００１", "it 20231115001.", "\xff\xfeIT2023"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, number := range FindNumbers("IT", text) {
			if got := FindNumbers("IT", number); !slices.Equal(got, []string{number}) {
				t.Errorf("%q is found in %q but not in itself", number, text)
			}
		}
		FindFooters(text)
		FindTokenLines(text)
		ParseMessageID(text)
	})
}
