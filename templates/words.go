package templates

import (
	"unicode"
	"unicode/utf8"

	"maildesk/tickets"
)

// words are what the layout itself says in a language, and what many mails say alike.
type words struct {
	tag      string // BCP 47, for lang attributes
	fonts    string
	comma    string
	fullText string                    // name of the file that has what a mail cannot show
	seeFull  [2]string                 // says so, around that name
	omitted  [2]string                 // says which files are too large, around their names
	more     string                    // an answer goes on
	status   map[tickets.Status]string // as they concern the requester, where the plain name is too cool
	labels   map[string]string         // of buttons, by their purpose
}

var languages = map[tickets.Language]words{
	tickets.Chinese: {
		tag: "zh-CN", comma: "、",
		fonts:    "-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif",
		fullText: "全文.txt",
		seeFull:  [2]string{"内容较长，这里只显示开头，全文在附件“", "”里。"},
		omitted:  [2]string{"有文件太大，没有随信附上：", "。原件存在我们这里，需要的话请向处理人或服务台索取。"},
		more:     "内容太长，其余没有列出。",
		labels: map[string]string{
			"confirm": "已解决，确认", "unsolved": "还没解决", "release": "是我写的，请处理", "accept": "我来处理", "junk ignore": "以后不再理会此发件人", "ack": "收到，我来处理",
			"rate 5": "5 非常满意", "rate 4": "4 满意", "rate 3": "3 一般", "rate 2": "2 不满意", "rate 1": "1 非常不满意",
		},
	},
	tickets.English: {
		tag: "en", comma: ", ",
		fonts:    "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif",
		fullText: "full-text.txt",
		seeFull:  [2]string{"This is only the beginning of a long text; all of it is in the attached “", "”."},
		omitted:  [2]string{"Too large to send along: ", ". We keep the originals with the ticket; ask your technician or the desk if you need one."},
		more:     "The answer is longer than a mail can show; the rest is left out.",
		status: map[tickets.Status]string{
			tickets.Waiting:  "Waiting for you",
			tickets.Resolved: "Resolved, please confirm",
		},
		labels: map[string]string{
			"confirm": "Yes, it is solved", "unsolved": "No, not yet", "release": "It was me, go ahead", "accept": "I take it", "junk ignore": "Ignore this sender", "ack": "I see to it",
			"rate 5": "5 Very satisfied", "rate 4": "4 Satisfied", "rate 3": "3 Neutral", "rate 2": "2 Dissatisfied",
			"rate 1": "1 Very dissatisfied",
		},
	},
}

// wordsOf returns what is said in a language, in English for one that has no words.
func wordsOf(lang tickets.Language) words {
	if w, known := languages[lang]; known {
		return w
	}
	return languages[tickets.English]
}

// Label is what a button says in a language by its purpose, such as confirm or "rate 5"; "" for an unknown one.
func Label(lang tickets.Language, purpose string) string { return wordsOf(lang).labels[purpose] }

// FullText is the name of the file that goes along when a text does not fit into its mail.
func FullText(lang tickets.Language) string { return wordsOf(lang).fullText }

// statusName is the status as the reader is told it: their turn where it is, else by its name.
func (d Data) statusName(lang tickets.Language) string {
	if name := wordsOf(lang).status[d.Status]; name != "" && d.Yours {
		return name
	}
	name := d.Status.Name(lang)
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + name[size:]
}
