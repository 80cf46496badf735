package main

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"
	"sync"

	"maildesk/cmd/internal/postoffice"
	"maildesk/tickets"
)

const domain = "corp.example"

// person is somebody in the stories. Who has no language is a machine or a stranger.
type person struct {
	name, address string
	language      tickets.Language
	position      string // the second line of the signature
	full          bool   // the mailbox takes no more mail
}

// cast are the people of DOMAIN.md and some more. What stands before the @ is what the stories call them.
var cast = []person{
	{name: "张三", address: "zhangsan@" + domain, language: tickets.Chinese, position: "市场部 13800000000"},
	{name: "李娜", address: "lina@" + domain, language: tickets.Chinese, position: "财务部"},
	{name: "John Smith", address: "john@" + domain, language: tickets.English, position: "Sales, ext. 4417"},
	{name: "Ann Lee", address: "ann@" + domain, language: tickets.English, position: "Sales, ext. 4418"},
	{name: "赵敏", address: "zhaomin@" + domain, language: tickets.Chinese, full: true},
	{name: "李伟", address: "liwei@" + domain, language: tickets.Chinese, position: "IT 服务台 分机 8001"},
	{name: "Mary Wilson", address: "mary@" + domain, language: tickets.English, position: "IT Service Desk, ext. 8002"},
	{name: "Tom Brown", address: "tom@" + domain, language: tickets.English, position: "IT Service Desk, ext. 8003"},
	{name: "王芳", address: "wangfang@" + domain, language: tickets.Chinese, position: "IT 负责人 分机 8000"},
	{name: "Bob Visitor", address: "bob@elsewhere.example", language: tickets.English},
}

// person finds somebody by what the stories call them.
func (s *stage) person(name string) person {
	for _, p := range cast {
		if nickname(p.address) == name {
			return p
		}
	}
	s.Fatalf("there is no %s in the cast", name)
	return person{}
}

func nickname(address string) string {
	name, _, _ := strings.Cut(address, "@")
	return name
}

// settings are the sections of a desk whose office never closes; sections and keys keep their order.
const settings = `desk.name = "IT Service Desk"
desk.name_zh = "IT 服务台"
desk.address = "helpdesk@corp.example"
desk.time_zone = "Asia/Shanghai"
desk.language = "zh"
smtp.username = "helpdesk@corp.example"
smtp.password_file = "password"
trust.authserv_id = "mx.corp.example"
office.days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
office.open = "00:00"
office.close = "24:00"
http.listen = ""
`

const staff = `
[[group]]                           # the first also gets what fits nowhere
name = "applications"
categories = ["software", "account"]
lead = "wangfang@corp.example"

[[group]]
name = "devices"
categories = ["hardware", "network"]

[[technician]]
name = "李伟"
address = "liwei@corp.example"
groups = ["applications"]
language = "zh"

[[technician]]
name = "Mary Wilson"
address = "mary@corp.example"
groups = ["devices"]
language = "en"

[[technician]]
name = "王芳"
address = "wangfang@corp.example"
language = "zh"
manager = true
`

// configuration is the desk's maildesk.toml: the settings, in which extra lines (section.key=value) take the place of
// others of their name.
func configuration(post *postoffice.Office, boxes []string, extra string) string {
	values, sections := map[string][]string{}, []string{}
	for line := range strings.Lines(settings + fmt.Sprintf("smtp.url = %q\n", post.SMTP.URL()) + extra) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		name = strings.TrimSpace(name)
		dot := strings.LastIndex(name, ".")
		section, key := name[:dot], name[dot+1:]+" ="
		if values[section] == nil {
			sections = append(sections, section)
		}
		var kept []string
		for _, old := range values[section] {
			if !strings.HasPrefix(old, key) {
				kept = append(kept, old)
			}
		}
		values[section] = append(kept, key+" "+strings.TrimSpace(value))
	}
	var b bytes.Buffer
	for _, section := range sections {
		fmt.Fprintf(&b, "[%s]\n%s\n\n", section, strings.Join(values[section], "\n"))
	}
	for _, box := range boxes {
		fmt.Fprintf(&b, "[[mailbox]]\nimap = %q\nusername = %q\npassword_file = \"password\"\n", post.IMAP.URL(), box)
	}
	return b.String() + staff
}

// safeBuffer can be written to and read at once.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return cmp.Or(s.b.String(), "(empty)")
}
