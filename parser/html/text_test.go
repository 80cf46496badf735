package html

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", "<p>one</p><p>two</p>", "one\n\ntwo"},
		{"lines of Outlook", `<p class="MsoNormal">one</p><p class=MsoNormal>two</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>three</p>`, "one\ntwo\n\nthree"},
		{"lines of Gmail", "<div>one</div><div>two</div><div><br></div><div>three<br></div>", "one\ntwo\n\nthree"},
		{"white space collapses", "a \n\t b<b> c</b>d", "a b cd"},
		{"no-break spaces stay", "a&nbsp;&nbsp;b", "a  b"},
		{"quote", "before<blockquote>one<br>two</blockquote>after", "before\n\n> one\n> two\n\nafter"},
		{"quote in quote", "<blockquote>a<blockquote>b</blockquote>c</blockquote>", "> a\n>\n> > b\n>\n> c"},
		{"blank line in a quote", "<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"},
		{"a quote that only indents", `x<blockquote style="margin: 0 0 0 40px; border: none; padding: 0px;">a</blockquote>`, "x\n\na"},
		{"a cited quote without border", `<blockquote type="cite" style="border: none">a</blockquote>`, "> a"},
		{"list", "<ul><li>a<li>b</ul>", "- a\n- b"},
		{"numbered list from three", "<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"},
		{"nested list", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"},
		{"table", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2"},
		{"table without end tags", "<table><tr><td>a<td>b<tr><td>1<td>2</table>", "a | b\n1 | 2"},
		{"cells with paragraphs", "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a | b"},
		{"layout table", "<table><tr><td><div>a</div><div>b</div></td><td>c</td></tr></table>", "a\nb\nc"},
		{"table in a table", "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td></tr></table>", "a\nb | c"},
		{"link", `see <a href="https://kb.corp.example/vpn">the article</a>.`, "see the article <https://kb.corp.example/vpn>."},
		{"link that shows itself", `<a href="https://kb.corp.example/">kb.corp.example</a>`, "kb.corp.example"},
		{"address that shows itself", `Bob &lt;<a href="mailto:bob@corp.example?subject=x">bob@corp.example</a>&gt; wrote:`, "Bob <bob@corp.example> wrote:"},
		{"link that lies", `<a href="https://evil.example/">https://corp.example/</a>`, "https://corp.example/ <https://evil.example/>"},
		{"script in a link", `<a href="javascript:alert(1)">x</a>`, "x"},
		{"script and style", "<style>p{}</style><script>alert('<p>no</p>')</script>ok", "ok"},
		{"hidden", `<div style="display: none !important">no</div><span style="FONT-SIZE:0px">no</span><p hidden>no</p>ok`, "ok"},
		{"hidden with the same tag inside", `<div style="display:none"><div>no</div>no</div>ok`, "ok"},
		{"all hidden", `<div style="display:none">only this</div>`, "only this"},
		{"comment", "a<!-- no --><![if !x]>b<![endif]>", "ab"},
		{"preformatted", "<pre>a  b\n  c</pre>", "a  b\n  c"},
		{"preformatted by style", `<div style="white-space: pre-wrap">a  b</div>`, "a  b"},
		{"rule", "a<hr>b", "a\n---\nb"},
		{"separator of Outlook", `a<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal><b>From:</b> x</p></div>`, "a\n---\nFrom: x"},
		{"signature of Gmail", `<div>ok</div><div class="gmail_signature"><p>Bob</p></div>`, "ok\n\n-- \nBob"},
		{"signature with its own separator", `<div>ok</div><span>-- </span><br><div class="gmail_signature">Bob</div>`, "ok\n--\nBob"},
		{"signature of Thunderbird", `<p>ok</p><div class="moz-signature">-- <br>Bob</div>`, "ok\n\n--\nBob"},
		{"empty signature", `<div>ok</div><div id="Signature"><br></div><div>more</div>`, "ok\n\nmore"},
		{"image", `<img alt="logo of corp"><img alt="image001.png"><img alt="😀">`, "[logo of corp]😀"},
		{"stray ends", "</div></b>a</p>b</table>c", "a\nbc"},
		{"entities", "&lt;a&gt; &amp;amp; &#25171;", "<a> &amp; 打"},
		{"invisible signs", "a\u200bb\u00adc", "abc"},
		{"unclosed title", "<title>oh<p>the letter", "oh\n\nthe letter"},
		{"no text but styles", "<style>p{}</style><p><img src=x></p>", ""},
		{"unclosed tag", "text <b", "text"},
		{"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Text(c.in); got != c.want {
				t.Errorf("Text(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

// TestTextDeep reads nesting that would end a recursive reader.
func TestTextDeep(t *testing.T) {
	got := Text(strings.Repeat("<div><blockquote>", 50_000) + "deep" + strings.Repeat("</i>", 50_000))
	if !strings.HasSuffix(got, "deep") || strings.Count(got, ">") > maxQuote {
		t.Errorf("got %.100q", got)
	}
}

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<p>a<table><tr><td>b<td><ul><li>c<ol start=-9><li>d</table>", "<blockquote><pre>a\n\n</blockquote>b", `<a href="http://x">a<div>b</a>`,
		"<div style='display:none'>x</div><title>y", "<td>&nbsp;<br><td>x", "<li><li></ul></p><xyz>a</xyz></br>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		text := Text(src)
		if utf8.ValidString(src) && !utf8.ValidString(text) {
			t.Errorf("Text(%q) is not UTF-8: %q", src, text)
		}
		if len(text) > 60*len(src)+100 {
			t.Errorf("%d bytes grew to %d", len(src), len(text))
		}
	})
}
