package templates

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"text/template"

	"maildesk/tickets"
	"maildesk/tickets/thread"
)

//go:embed zh/*.md en/*.md
var builtIn embed.FS

// Set is the parsed templates of all kinds and languages. It may be used by several goroutines.
type Set struct {
	house map[key]notice // files that the house put in place of ours
	own   map[key]notice
}

type key struct {
	lang tickets.Language
	kind tickets.NoticeKind
}

// notice is one template file: the subject and the body of a mail.
type notice struct {
	subject, body *template.Template
}

// BuiltIn returns our own templates alone. They are part of the program, and a test renders them all.
func BuiltIn() *Set {
	set, err := Load(nil)
	if err != nil {
		panic(err)
	}
	return set
}

// Load parses the built-in templates and those of the house, files such as zh/confirmation.md, which take their
// place; house may be nil. Each is tried with empty and with sample data. The error names every file that is not
// fit; the Set is usable all the same, with our own in place of those.
func Load(house fs.FS) (*Set, error) {
	own, err := parseAll(builtIn)
	if err != nil || house == nil {
		return &Set{own: own}, err
	}
	theirs, err := parseAll(house)
	for k, n := range theirs {
		if fault := n.replaces(own[k], k); fault != nil {
			err = errors.Join(err, fault)
			delete(theirs, k)
		}
	}
	return &Set{own: own, house: theirs}, err
}

// replaces says why a template of the house cannot take the place of ours: there is none of that name, or its
// subject lost the tag with the number, by which replies find their ticket.
func (n notice) replaces(own notice, k key) error {
	if own.body == nil {
		return fmt.Errorf("template %s/%s.md: no mail of ours has this name", k.lang, k.kind)
	}
	tag := "[" + string(sample.Number) + "]"
	ours, _ := own.render(k.lang, sample)
	theirs, _ := n.render(k.lang, sample)
	if strings.Contains(ours.Subject, tag) && !strings.Contains(theirs.Subject, tag) {
		return fmt.Errorf("template %s/%s.md: the subject needs {{.Thread}}, or [{{.Number}}]", k.lang, k.kind)
	}
	return nil
}

func parseAll(files fs.FS) (map[key]notice, error) {
	parsed := map[key]notice{}
	names, err := fs.Glob(files, "*/*.md")
	for _, name := range names {
		lang, kind, _ := strings.Cut(strings.TrimSuffix(name, ".md"), "/")
		n, fault := parseFile(files, name)
		for _, data := range []Data{sample, {}} {
			if fault == nil {
				_, fault = n.render(tickets.Language(lang), data)
			}
		}
		if fault != nil {
			err = errors.Join(err, fmt.Errorf("template %s: %w", name, fault))
			continue
		}
		parsed[key{tickets.Language(lang), tickets.NoticeKind(kind)}] = n
	}
	return parsed, err
}

func parseFile(files fs.FS, name string) (notice, error) {
	source, err := fs.ReadFile(files, name)
	if err != nil {
		return notice{}, err
	}
	head, body, found := strings.Cut(strings.ReplaceAll(string(source), "\r\n", "\n"), "\n\n")
	subject, named := strings.CutPrefix(head, "Subject:")
	if !found || !named || strings.Contains(subject, "\n") {
		return notice{}, errors.New("want a line \"Subject: …\", a blank line and the body")
	}
	n := notice{}
	if n.subject, err = parse(name, strings.TrimSpace(subject)); err != nil {
		return notice{}, err
	}
	n.body, err = parse(name, body)
	return n, err
}

func parse(name, text string) (*template.Template, error) {
	return template.New(name).Funcs(functions).Parse(text)
}

// functions are what a template may call beside and, or, not, len, index, slice and the comparisons. Those of
// text/template that make a string of a Text are taken away, as they could undo its escaping.
var functions = template.FuncMap{
	"quote": quote, "join": join, "words": ownWords, "list": list, "lines": linesOf, "answer": answer, "buttons": buttons, "omitted": omitted,
	"print": unavailable, "printf": unavailable, "println": unavailable,
	"html": unavailable, "js": unavailable, "urlquery": unavailable, "call": unavailable,
}

func unavailable(...any) (string, error) {
	return "", errors.New("this function is not available in mail templates")
}

var sample = Data{
	Desk: "IT", Address: "helpdesk@corp.example", Reader: "张三", Number: "IT20231115001", Subject: "ERP",
	Status: tickets.New, Text: "one\ntwo", Attachments: []Text{"a.png", "b.txt"}, Reason: "reason", Staff: true, Yours: true,
	Author: "李伟", Omitted: []Text{"c.zip", "d.iso"}, Lines: []Text{"one\ttwo", "three\tfour", "five"}, Also: []Text{"王芳", "Anna"},
	Buttons:   []Button{{"Yes", "#confirm", "mailto:helpdesk@corp.example?body=%23confirm"}, {"No", "#unsolved", "mailto:helpdesk@corp.example?body=no"}},
	Requester: Contact{"张三", "zhangsan@corp.example", "市场部", "13800000000"},
	Category:  "software", Priority: "P1", PriorityReason: "reason", Severity: "severe", Impact: "impact", OccurredAt: "2023-11-15 09:30", AnswerBy: "今天 15:30 前",
	Assignee: "李伟", Group: "desktop", Score: 5,
}

// Render makes the mail of a kind in a language. What it returns can always be sent: when a template fails, the
// built-in one takes its place, then a bare text with number, subject and desk; the error then says what failed.
func (s *Set) Render(kind tickets.NoticeKind, lang tickets.Language, data Data) (Rendered, error) {
	if _, known := languages[lang]; !known {
		lang = tickets.English
	}
	var failed error
	for _, set := range []map[key]notice{s.house, s.own} {
		n, found := set[key{lang, kind}]
		if !found {
			continue
		}
		rendered, err := n.render(lang, data)
		if err == nil {
			return rendered, failed
		}
		failed = errors.Join(failed, fmt.Errorf("render %s/%s: %w", lang, kind, err))
	}
	if failed == nil {
		failed = fmt.Errorf("render %s/%s: there is no such template", lang, kind)
	}
	return bare(data), failed
}

// render runs a template. A panic in it, or in what renders Markdown, is its error: it must not cost the mail.
func (n notice) render(lang tickets.Language, data Data) (rendered Rendered, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	data.lang = lang
	var subject strings.Builder
	if err := n.subject.Execute(&subject, data); err != nil {
		return Rendered{}, err
	}
	var body bytes.Buffer
	body.Grow(2 << 10)
	if err := n.body.Execute(&body, data); err != nil {
		return Rendered{}, err
	}
	return lay(Line(unescape(subject.String())), body.Bytes(), languages[lang], data)
}

// bare is the mail that is left when no template works: it has what the reader must not miss, somebody's words and the
// desk's lines.
func bare(data Data) Rendered {
	subject := Line(string(data.Subject))
	text := subject + "\n\n"
	for _, line := range data.Lines {
		text += Line(string(line)) + "\n"
	}
	if words := strings.TrimSpace(clean(string(data.Text))); words != "" && data.Author != "" {
		text += Line(string(data.Author)) + ":\n\n" + words + "\n"
	}
	text = strings.Trim(strings.Trim(text, "\n")+"\n\n"+footer(data), "\n") + "\n"
	if data.Number != "" {
		subject = Line(thread.Subject(Line(string(data.Number)), subject))
	}
	return Rendered{Subject: subject, Text: text}
}
