package mailout

import (
	"bytes"
	"encoding/base64"
	"mime"
	"path"
	"strings"
	"unicode/utf8"

	"maildesk/templates"
	"maildesk/tickets"
)

// maxFileName is how many bytes a file's name may have: percent-encoded they fill a line of 998 (RFC 5322 2.1.1).
const maxFileName = 240

// files are what goes along with a notice: its own, and a person's words where the mail cannot show them all.
func files(n tickets.Notice, lang tickets.Language) []tickets.File {
	if n.Author == "" || templates.Fits(templates.Text(n.Entry.Text)) {
		return n.Files
	}
	whole := tickets.File{Name: templates.FullText(lang), Type: "text/plain", Data: crlf(strings.ToValidUTF8(n.Entry.Text, "\ufffd"))}
	return append([]tickets.File{whole}, n.Files...)
}

// attach puts files behind a message: what it was becomes the first part of a multipart/mixed (RFC 2046 5.1.3). go-mail
// would give the outer and the inner multipart one boundary, or else random ones, and a notice is to give the same bytes
// always. boundary is the inner one.
func attach(raw []byte, boundary string, files []tickets.File) []byte {
	head := bytes.Index(raw, []byte("\r\n\r\n"))
	content := bytes.Index(raw, []byte("\r\nContent-")) // go-mail writes these fields last
	if len(files) == 0 || head < 0 || content < 0 || content > head {
		return raw
	}
	outer := "maildesk-mixed" + strings.TrimPrefix(boundary, "maildesk")
	size := len(raw) + 1<<10
	for _, file := range files {
		size += len(file.Data)*3/2 + 2<<10
	}
	out := bytes.NewBuffer(make([]byte, 0, size))
	out.Write(raw[:content])
	out.WriteString("\r\nContent-Type: multipart/mixed;\r\n boundary=" + outer + "\r\n\r\n--" + outer)
	out.Write(raw[content:])
	for _, file := range files {
		out.WriteString("\r\n--" + outer + "\r\n")
		writeFile(out, file)
	}
	out.WriteString("\r\n--" + outer + "--\r\n")
	return out.Bytes()
}

// writeFile writes a file as a part. Its name stands where RFC 2231 has it, and as an encoded word in the media type
// too, where older clients look.
func writeFile(out *bytes.Buffer, file tickets.File) {
	name := fileName(file.Name)
	param, disposition := `"`+name+`"`, `filename="`+name+`"`
	if !ascii(name) {
		param = `"` + mime.BEncoding.Encode("utf-8", name) + `"`
		disposition = "filename*=UTF-8''" + percent(name)
	}
	out.WriteString("Content-Type: " + mediaType(file) + ";\r\n name=" + param + "\r\n")
	out.WriteString("Content-Transfer-Encoding: base64\r\n")
	out.WriteString("Content-Disposition: attachment;\r\n " + disposition + "\r\n\r\n")
	const line = 57 // octets, 76 once they are base64 (RFC 2045 6.8)
	var coded [76]byte
	for data := file.Data; len(data) > 0; data = data[min(line, len(data)):] {
		part := data[:min(line, len(data))]
		base64.StdEncoding.Encode(coded[:], part)
		out.Write(coded[:base64.StdEncoding.EncodedLen(len(part))])
		if len(data) > line {
			out.WriteString("\r\n")
		}
	}
}

// mediaType is a file's own type where it may be base64. A message or multipart may not (RFC 2045 6.4); it goes as bytes,
// which also keeps its commands and tokens from being read as this mail's.
func mediaType(file tickets.File) string {
	kind, _, err := mime.ParseMediaType(file.Type)
	main, sub, _ := strings.Cut(kind, "/")
	if err != nil || sub == "" || len(kind) > 127 || main == "message" || main == "multipart" {
		return "application/octet-stream"
	}
	if main == "text" && utf8.Valid(file.Data) {
		kind += "; charset=utf-8"
	}
	return kind
}

// fileName is a name that is safe in a header and on every file system: no directories, no quotes, not too long, with
// its extension.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.ReplaceAll(templates.Line(name), "=?", "= ?"))
	name = strings.TrimLeft(name, ". ")
	if name == "" {
		return "attachment"
	}
	if len(name) <= maxFileName {
		return name
	}
	extension := path.Ext(name)
	if len(extension) > 20 {
		extension = ""
	}
	return strings.ToValidUTF8(name[:maxFileName-len(extension)], "") + extension
}
