package directory

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maildesk/tickets"
)

func TestParse(t *testing.T) {
	people, err := parse(strings.NewReader("\ufeffaddress,name,department,language,manager\nZhangSan@corp.example,张三,市场部,ZH,zhouli@corp.example\nlisi@corp.example,\"李四, 二\",,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := tickets.Person{Address: "ZhangSan@corp.example", Name: "张三", Department: "市场部", Language: tickets.Chinese, Manager: "zhouli@corp.example"}
	if got := people["zhangsan@corp.example"]; got != want {
		t.Errorf("got %+v", got)
	}
	if got := people["lisi@corp.example"].Name; got != "李四, 二" {
		t.Errorf("got %q", got)
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"empty":            {"", "first line"},
		"no address":       {"name\n张三\n", "no column address"},
		"unknown column":   {"address,room\n", `unknown column "room"`},
		"no address in it": {"address,name\nzhangsan,张三\n", `line 2: "zhangsan" is no address`},
		"language":         {"address,language\n\nzhangsan@corp.example,fr\n", `line 3: language "fr"`},
		"manager":          {"address,manager\nzhangsan@corp.example,周丽\n", `line 2: manager "周丽" is no address`},
		"short line":       {"address,name\nzhangsan@corp.example\n", "line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parse(strings.NewReader(c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestAChangedFileIsReadAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "staff.csv")
	now := time.Date(2023, 11, 15, 9, 0, 0, 0, time.UTC)
	write := func(text string, at time.Time) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	write("address,name\nzhangsan@corp.example,张三\n", now)
	c, err := Open(path, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	name := func() string {
		p, _ := c.Lookup("ZHANGSAN@corp.example")
		return p.Name
	}
	write("address,name\nzhangsan@corp.example,张三丰\n", now.Add(time.Second))
	if name() != "张三" {
		t.Error("the file is looked at for every mail")
	}
	now = now.Add(lookEvery)
	if got := name(); got != "张三丰" {
		t.Errorf("got %q after the change", got)
	}
	write("nonsense\n", now)
	now = now.Add(lookEvery)
	if got := name(); got != "张三丰" {
		t.Errorf("a broken file costs what was known: %q", got)
	}
}
