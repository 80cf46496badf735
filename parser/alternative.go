package parser

import (
	"regexp"
	"strings"
	"unicode"
)

// bestAlternative picks the child to read: plain text if it has real content, else HTML, else whatever has text.
func (c *content) bestAlternative(p *part) int {
	plain, rich, other := -1, -1, -1
	for i, child := range p.children {
		switch leaf := firstText(child); {
		case leaf == nil:
		case leaf.content.value == "text/html":
			rich = i
		case leaf.content.value == "text/plain" && plain < 0:
			plain = i
		case other < 0 && isReadable(leaf.content.value):
			other = i
		}
	}
	switch {
	case plain >= 0 && (rich < 0 || c.hasRealText(firstText(p.children[plain]))):
		return plain
	case rich >= 0:
		return rich
	case plain >= 0:
		return plain
	}
	return other
}

// firstText is the first readable leaf of p.
func firstText(p *part) *part {
	if !p.is("multipart/") {
		if isReadable(p.content.value) && p.disposed.value != "attachment" {
			return p
		}
		return nil
	}
	if p.is("multipart/related") && len(p.children) > 0 {
		return firstText(p.children[relatedRoot(p)])
	}
	for _, child := range p.children {
		if leaf := firstText(child); leaf != nil {
			return leaf
		}
	}
	return nil
}

// relatedRoot is the index of the part that the others belong to: the one that start names, else the first (RFC
// 2387 3.2) that can be one.
func relatedRoot(p *part) int {
	if start := strings.Trim(p.content.get("start"), "<> "); start != "" {
		for i, child := range p.children {
			if contentID(child) == start {
				return i
			}
		}
	}
	for i, child := range p.children {
		if child.is("multipart/") || isReadable(child.content.value) {
			return i
		}
	}
	return 0
}

func contentID(p *part) string { return strings.Trim(p.header.get("Content-ID"), "<> ") }

// placeholder matches the plain text that senders of HTML put there instead of the letter.
var placeholder = regexp.MustCompile(`(?i)(html[ -]?(capable|enabled|compatible|e?-?mail|format|version|格式)|view (this|the) (e-?mail|message)|(not|n't) support html|不支持\s*html|以html格式|查看此邮件)`)

// hasRealText reports whether a plain text is the letter itself and not a stand-in for its HTML.
func (c *content) hasRealText(p *part) bool {
	text := c.decode(p)
	if strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) }) < 0 {
		return false
	}
	return len(text) > 400 || !placeholder.MatchString(text)
}
