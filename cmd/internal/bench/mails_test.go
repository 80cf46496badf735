package bench

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"maildesk/parser"
)

// mail is the n-th of the benchmark's mails, always the same bytes: 3 KB to 6 KB, in Chinese and English by turns, plain
// text, HTML and both, with the header that mail has after two servers. Every tenth has an attachment of 50 KB, which
// compresses no further than pictures do.
func mail(n int) []byte {
	rnd := rand.New(rand.NewPCG(20231115, uint64(n)))
	var b bytes.Buffer
	writeHeader(&b, rnd, n)
	words := prose(rnd, n)
	switch {
	case n%10 == 0:
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=\"mixed-%d\"\r\n\r\n--mixed-%d\r\n", n, n)
		writePart(&b, "text/plain", words)
		fmt.Fprintf(&b, "\r\n--mixed-%d\r\nContent-Type: image/png; name=\"screen-%d.png\"\r\nContent-Disposition: attachment; filename=\"screen-%d.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", n, n, n)
		writeBase64(&b, noise(rnd, 50<<10))
		fmt.Fprintf(&b, "--mixed-%d--\r\n", n)
	case n%10 < 3:
		fmt.Fprintf(&b, "Content-Type: multipart/alternative; boundary=\"alt-%d\"\r\n\r\n--alt-%d\r\n", n, n)
		writePart(&b, "text/plain", words)
		fmt.Fprintf(&b, "\r\n--alt-%d\r\n", n)
		writePart(&b, "text/html", page(words))
		fmt.Fprintf(&b, "\r\n--alt-%d--\r\n", n)
	case n%10 < 5:
		writePart(&b, "text/html", page(words))
	default:
		writePart(&b, "text/plain", words)
	}
	return b.Bytes()
}

// sender is the author of the n-th mail: one of 1,500 people.
func sender(n int) string { return fmt.Sprintf("user%d@corp.example", n%1500) }

func chinese(n int) bool { return n%2 == 0 }

func writeHeader(b *bytes.Buffer, rnd *rand.Rand, n int) {
	name, subject := "John Smith", fmt.Sprintf("Printer on floor %d shows error %d", n%9, n)
	if chinese(n) {
		name, subject = "张三", fmt.Sprintf("登录ERP系统时提示错误 %d", n)
	}
	id := fmt.Sprintf("%x.%d", rnd.Uint64(), n)
	for _, hop := range []string{"mx.corp.example", "mail.corp.example"} {
		fmt.Fprintf(b, "Received: from relay.%s (relay.%s [192.0.2.%d])\r\n\tby %s with ESMTPS id %x\r\n\tfor <helpdesk@corp.example>; Wed, 15 Nov 2023 09:30:%02d +0800\r\n",
			hop, hop, n%250, hop, rnd.Uint64(), n%60)
	}
	b.WriteString("Authentication-Results: mx.corp.example; dkim=pass header.d=corp.example; spf=pass smtp.mailfrom=corp.example; dmarc=pass header.from=corp.example\r\n")
	b.WriteString("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=corp.example; s=mail; h=from:to:subject:date:message-id;\r\n\tbh=")
	b.WriteString(base64.StdEncoding.EncodeToString(noise(rnd, 32)) + ";\r\n\tb=" + base64.StdEncoding.EncodeToString(noise(rnd, 256)) + "\r\n")
	fmt.Fprintf(b, "From: =?utf-8?B?%s?= <%s>\r\nTo: IT Service Desk <helpdesk@corp.example>\r\n", base64.StdEncoding.EncodeToString([]byte(name)), sender(n))
	fmt.Fprintf(b, "Subject: =?utf-8?B?%s?=\r\nMessage-ID: <%s@corp.example>\r\nDate: Wed, 15 Nov 2023 09:30:%02d +0800\r\nMIME-Version: 1.0\r\n",
		base64.StdEncoding.EncodeToString([]byte(subject)), id, n%60)
	b.WriteString("X-Mailer: Microsoft Outlook 16.0\r\nThread-Index: " + base64.StdEncoding.EncodeToString(noise(rnd, 22)) + "\r\nContent-Language: zh-CN\r\nX-Originating-IP: [192.0.2.17]\r\n")
}

// prose is what the mail says: no two say the same.
func prose(rnd *rand.Rand, n int) string {
	phrases := []string{
		"The printer next to the kitchen prints blank pages since this morning.", "I have already switched it off and on again.",
		"The display says error 0x%04x.", "Three colleagues of mine see the same.", "We need it for the monthly closing at four o'clock.",
		"Asset number PC-%04x, third floor, east wing.", "Could somebody have a look, please?", "VPN works, mail works, only this does not.",
	}
	if chinese(n) {
		phrases = []string{
			"今天早上登录ERP系统时提示用户名或密码错误，但确认输入正确。", "已经重启过电脑，也清除了浏览器缓存，问题依旧。", "错误代码是 0x%04x。",
			"旁边三位同事也遇到同样的情况。", "下午四点要做月结，比较着急。", "资产编号 PC-%04x，三楼东侧。", "请尽快帮忙处理，谢谢！", "VPN和邮件都正常，只有这个系统不行。",
		}
	}
	var b strings.Builder
	for paragraph := range 3 + rnd.IntN(4) {
		for range 2 + rnd.IntN(4) {
			phrase := phrases[rnd.IntN(len(phrases))]
			if strings.Contains(phrase, "%") {
				phrase = fmt.Sprintf(phrase, rnd.IntN(1<<16))
			}
			b.WriteString(phrase + "\r\n")
		}
		if paragraph == 0 {
			fmt.Fprintf(&b, "%d\r\n", n)
		}
		b.WriteString("\r\n")
	}
	b.WriteString("-- \r\nIT / Corp\r\nTel. +86 10 5555 0100\r\n")
	return b.String()
}

// page is the same words as a mail client's HTML.
func page(words string) string {
	var b strings.Builder
	b.WriteString("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><style>p.MsoNormal {margin:0cm; font-size:10.5pt; font-family:\"Calibri\",sans-serif;}</style></head><body lang=\"ZH-CN\"><div class=\"WordSection1\">\r\n")
	for line := range strings.Lines(words) {
		fmt.Fprintf(&b, "<p class=\"MsoNormal\"><span style=\"font-family:Calibri;color:#1F497D\">%s</span></p>\r\n", strings.TrimSpace(line))
	}
	b.WriteString("</div></body></html>\r\n")
	return b.String()
}

func writePart(b *bytes.Buffer, kind, text string) {
	fmt.Fprintf(b, "Content-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", kind)
	writeBase64(b, []byte(text))
}

func writeBase64(b *bytes.Buffer, data []byte) {
	for len(data) > 0 {
		line := data[:min(57, len(data))]
		data = data[len(line):]
		b.WriteString(base64.StdEncoding.EncodeToString(line) + "\r\n")
	}
}

func noise(rnd *rand.Rand, size int) []byte {
	out := make([]byte, size)
	for i := range out {
		out[i] = byte(rnd.Uint32())
	}
	return out
}

// The mails are what the table says of them: people's, in two languages, a tenth with a file.
func TestMailsAreMixed(t *testing.T) {
	var files, zh, html, bytes int
	for n := range 100 {
		raw := mail(n)
		bytes += len(raw)
		m, err := parser.Parse(section(raw), parser.Options{Prefix: "IT"})
		if err != nil || m.Kind != parser.Human || m.NewText == "" || m.From.Address != sender(n) || len(m.Warnings) > 0 {
			t.Fatalf("mail %d: error %v, kind %q, from %q, warnings %v", n, err, m.Kind, m.From.Address, m.Warnings)
		}
		files += len(m.Attachments)
		if m.Language == "zh" {
			zh++
		}
		if strings.Contains(string(raw), "text/html") {
			html++
		}
	}
	if files != 10 || zh != 50 || html != 40 {
		t.Errorf("%d files, %d Chinese, %d HTML", files, zh, html)
	}
	t.Logf("%d bytes a mail", bytes/100)
}
