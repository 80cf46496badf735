package command

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"maildesk/tickets"
)

// contract is the table of DESIGN.md: every pair of names that the desk promises.
const contract = `help 帮助 status 查询 confirm 确认 unsolved 未解决 rate 评价 cancel 取消 escalate 催单 form 登记表 accept 接单 assign 指派 category 分类
priority 优先级 severity 严重程度 reply 回复 note 备注 private 私密 diagnosis 诊断 workaround 临时方案 fix 永久方案 prevention 预防 verified 验证 wait 等待 plan 计划
approve 批准 reject 驳回 consult 会诊 watch 关注 unwatch 取消关注 time 工时 due 截止 resolve 解决 reopen 重开 close 关闭 junk 垃圾 merge 合并 split 拆分 link 关联
requester 反馈人 kb 入库 use 引用 ack 收到 away 外出 oncall 换班 list 列表 search 搜索 report 报表 why 为何 undo 撤销`

func TestTheTableIsTheContract(t *testing.T) {
	var keys []string
	for pair := range slices.Chunk(strings.Fields(contract), 2) {
		v, ok := Find(pair[0])
		if !ok || v.Name(tickets.English) != pair[0] || v.Name(tickets.Chinese) != pair[1] {
			t.Errorf("#%s / #%s is %+v", pair[0], pair[1], v)
		}
		keys = append(keys, pair[0])
	}
	for _, v := range Verbs() {
		if !slices.Contains(keys, v.Key) {
			t.Errorf("%s is promised nowhere", v.Key)
		}
	}
}

func TestEachVerbIsToldApartAndExplained(t *testing.T) {
	seen := map[string]string{}
	for _, v := range Verbs() {
		if v.English[0] != v.Key || v.Who == 0 {
			t.Errorf("%s: first name %s, who %b", v.Key, v.English[0], v.Who)
		}
		for _, name := range slices.Concat(v.English, v.Chinese) {
			if other := seen[name]; other != "" {
				t.Errorf("%s means %s and %s", name, other, v.Key)
			}
			seen[name] = v.Key
			if name != simplified(name) || name != strings.ToLower(name) || strings.ContainsFunc(name, unicode.IsSpace) {
				t.Errorf("nobody finds the name %q", name)
			}
		}
		for _, lang := range []tickets.Language{tickets.Chinese, tickets.English} {
			if help := v.Help.In(lang); help == "" || strings.Contains(help, "\n") {
				t.Errorf("%s: help in %s: %q", v.Key, lang, help)
			}
			example := Parse(v.Example.In(lang))
			if len(example.Commands) != 1 || example.Commands[0].Verb != v.Key || example.Commands[0].Language != lang {
				t.Errorf("%s: the example in %s reads as %+v", v.Key, lang, example)
				continue
			}
			if given := example.Commands[0].Args != ""; v.Argument != None && !v.Optional && !given || v.Argument == None && given {
				t.Errorf("%s: the example in %s has the argument %q", v.Key, lang, example.Commands[0].Args)
			}
		}
	}
}

func TestExamplesCanBeRead(t *testing.T) {
	readable := map[string]func(string) bool{
		"category": func(s string) bool { _, ok := ReadCategory(s); return ok },
		"priority": func(s string) bool { _, ok := ReadPriority(s); return ok },
		"severity": func(s string) bool { _, ok := ReadSeverity(s); return ok },
		"rate":     func(s string) bool { _, _, ok := ReadScore(s); return ok },
		"confirm":  func(s string) bool { _, _, ok := ReadScore(s); return ok },
		"merge":    func(s string) bool { _, _, ok := ReadNumber("IT", s); return ok },
		"assign":   func(s string) bool { return len(ReadPeople(s)) == 1 },
	}
	for key, read := range readable {
		v, _ := Find(key)
		for _, lang := range []tickets.Language{tickets.Chinese, tickets.English} {
			if args := Parse(v.Example.In(lang)).Commands[0].Args; !read(args) {
				t.Errorf("%s: %q cannot be read", key, args)
			}
		}
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	for key, want := range map[string]Roles{
		"help": Everyone, "status": Everyone, "confirm": Requester | Technician, "rate": Requester, "accept": Technician, "approve": Manager | Approver, "close": Manager,
		"reopen": Requester | Technician, "ack": OnCall | Technician | Manager, "undo": Technician,
	} {
		if v, _ := Find(key); v.Who != want {
			t.Errorf("%s: %05b, want %05b", key, v.Who, want)
		}
	}
	var strict []string
	for _, v := range Verbs() {
		if v.Strict {
			strict = append(strict, v.Key)
		}
	}
	if want := []string{"approve", "reject", "close", "merge", "requester", "kb"}; !slices.Equal(strict, want) {
		t.Errorf("strict are %v, want %v", strict, want)
	}
	if !Everyone.Has(Watcher) || Technician.Has(Requester|Manager) {
		t.Error("Has is wrong")
	}
}

func TestFindTakesKeysOnly(t *testing.T) {
	for _, name := range []string{"", "take", "接单", "Accept"} {
		if v, ok := Find(name); ok {
			t.Errorf("%q finds %s", name, v.Key)
		}
	}
}

func TestCharactersPairUp(t *testing.T) {
	if a, b := []rune(traditional), []rune(simplifieds); len(a) != len(b) || len(traditional) != len(simplifieds) {
		t.Fatalf("%d traditional characters, %d simplified", len(a), len(b))
	}
	words := slices.Concat(slices.Collect(maps.Keys(chinese)), slices.Collect(maps.Keys(categories)), slices.Collect(maps.Keys(priorities)), slices.Collect(maps.Keys(severities)))
	for _, r := range simplifieds {
		if !strings.ContainsRune(strings.Join(words, ""), r) {
			t.Errorf("%c is in no verb and no value", r)
		}
	}
}

func TestSuggest(t *testing.T) {
	for word, want := range map[string]string{
		"acept": "accept", "Reslove": "resolve", "assing": "assign", "diag": "diagnosis", "prority": "priority", "ｓｔａｔｕ": "status", "confirn": "confirm",
		"接但": "接单", "关必": "关闭", "解绝": "解决", "复回": "回复", "优先": "优先级", "永久": "永久方案", "診斷一下": "诊断", "取消观注": "取消关注",
		"foo": "", "hello": "", "打印机": "", "x": "", "VPN": "",
	} {
		t.Run(word, func(t *testing.T) {
			got := suggest(word)
			if want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0] != want) {
				t.Errorf("got %q, want %q first", got, want)
			}
		})
	}
}
