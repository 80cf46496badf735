package templates

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// room is how many bytes of HTML the words of a mail may take, so that the page stays under 60 KB with all around them.
const room = 36_000

// Costs in HTML beside the words themselves, a little more than they are.
const (
	breakCost     = 6
	paragraphCost = 40
	itemCost      = 50
	cellCost      = 90
)

// htmlSize is how many bytes a line takes once it is HTML.
func htmlSize(line string) int {
	size := len(line)
	for i := range len(line) {
		switch line[i] {
		case '"':
			size += len("&quot;") - 1
		case '&':
			size += len("&amp;") - 1
		case '<', '>':
			size += len("&lt;") - 1
		}
	}
	return size
}

// fitting is the beginning of line that takes at most left bytes of HTML.
func fitting(line string, left int) string {
	end := 0
	for end < len(line) {
		_, n := utf8.DecodeRuneInString(line[end:])
		if left -= htmlSize(line[end : end+n]); left < 0 {
			break
		}
		end += n
	}
	return line[:end]
}

// Fits reports whether a mail can show the whole of a person's text. One that does not fit is cut, and is to go along
// as a file named FullText.
func Fits(text Text) bool {
	_, cut := paragraphs(text)
	return !cut
}

// ownWords sets what a person wrote as paragraphs, line by line as it was written.
func ownWords(d Data) Markdown {
	set, cut := paragraphs(d.Text)
	if cut && d.Author != "" {
		w := wordsOf(d.lang)
		set += Markdown("\n\n" + escape(w.seeFull[0]+w.fullText+w.seeFull[1]))
	}
	return set
}

// paragraphs sets a text: a blank line ends a paragraph, a line end stays one. It says whether the end was cut off.
func paragraphs(text Text) (set Markdown, cut bool) {
	var b strings.Builder
	whole := string(text)
	read := strings.ToValidUTF8(whole[:min(len(whole), 2*room)], "")
	left, blank := room, false
	for line := range strings.Lines(clean(strings.ReplaceAll(read, "\r\n", "\n"))) {
		line = keepSpaces(strings.TrimRight(line, " \t\n"))
		if line == "" {
			blank = true
			continue
		}
		cost := lineCost(line, blank)
		if cost > left {
			addLine(&b, fitting(line, left-breakCost-paragraphCost)+"…", blank)
			return Markdown(b.String()), true
		}
		addLine(&b, line, blank)
		left, blank = left-cost, false
	}
	return Markdown(b.String()), len(whole) > 2*room
}

// lineCost is what a line takes in HTML; after a blank one it begins a paragraph.
func lineCost(line string, paragraph bool) int {
	if paragraph {
		return htmlSize(line) + breakCost + paragraphCost
	}
	return htmlSize(line) + breakCost
}

// addLine adds a line of text: after a blank one as a new paragraph, else with a hard break before it.
func addLine(b *strings.Builder, line string, paragraph bool) {
	switch {
	case b.Len() > 0 && paragraph:
		b.WriteString("\n\n")
	case b.Len() > 0:
		b.WriteString("\\\n")
	}
	b.WriteString(escape(line))
}

// list sets lines as a list.
func list(lines []Text) Markdown {
	var b strings.Builder
	left := room
	for _, line := range lines {
		item := Line(string(line))
		if left -= htmlSize(item) + itemCost; left < 0 {
			b.WriteString("- …\n")
			break
		}
		if item != "" {
			b.WriteString("- " + escape(item) + "\n")
		}
	}
	return Markdown(b.String())
}

// linesOf sets a mail's lines as a list, or as an answer where rows of a table are among them.
func linesOf(d Data) Markdown {
	if slices.ContainsFunc(d.Lines, func(line Text) bool { return strings.Contains(string(line), "\t") }) {
		return answer(d)
	}
	return list(d.Lines)
}

// answer sets the lines of an answer: as they are, and rows of cells between tabs as a table with the first as its head.
func answer(d Data) Markdown {
	var b strings.Builder
	left, blank := room, false
	for i := 0; i < len(d.Lines) && left > 0; {
		if rows := tableRows(d.Lines[i:]); rows > 0 {
			b.WriteString("\n\n")
			left -= addTable(&b, d.Lines[i:i+rows], left)
			i, blank = i+rows, true
			continue
		}
		line := keepSpaces(strings.TrimRight(clean(oneLine.Replace(string(d.Lines[i]))), " "))
		i++
		if left -= lineCost(line, blank); left <= 0 {
			break
		}
		if line != "" {
			addLine(&b, line, blank)
		}
		blank = line == ""
	}
	if left <= 0 {
		b.WriteString("\n\n" + escape(wordsOf(d.lang).more))
	}
	return Markdown(b.String())
}

var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// tableRows is how many of the lines, from the first, are rows of a table.
func tableRows(lines []Text) int {
	for i, line := range lines {
		if !strings.Contains(string(line), "\t") {
			return i
		}
	}
	return len(lines)
}

// addTable writes rows as a table (GFM 4.10) as far as there is room, and returns what it took.
func addTable(b *strings.Builder, rows []Text, left int) int {
	columns, used := 0, 0
	for _, row := range rows {
		columns = max(columns, 1+strings.Count(string(row), "\t"))
	}
	for i, row := range rows {
		cells := strings.Split(string(row), "\t")
		for c := range cells {
			cells[c] = Line(cells[c])
			used += htmlSize(cells[c])
		}
		if used += columns * cellCost; used > left {
			break
		}
		for c := range columns {
			b.WriteString("| ")
			if c < len(cells) {
				// An escaped bar would still end the cell where backslashes stand before it.
				b.WriteString(strings.ReplaceAll(escape(cells[c]), `\|`, "&#124;") + " ")
			}
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", columns) + "|\n")
		}
	}
	return used
}

// buttons sets answers as links in a paragraph of their own, which the layout makes buttons; a text leaves them out.
func buttons(list []Button) Markdown {
	var b strings.Builder
	for _, button := range list {
		if !strings.HasPrefix(button.Link, "mailto:") || strings.ContainsAny(button.Link, " <>\\\"\r\n\t") {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("[" + button.Label.String() + "](<" + button.Link + ">)")
	}
	return Markdown(b.String())
}

// omitted says which files are too large to go along; nothing when all do.
func omitted(d Data) Markdown {
	if len(d.Omitted) == 0 {
		return ""
	}
	w := wordsOf(d.lang)
	return Markdown(escape(w.omitted[0])) + join(d.Omitted, w.comma) + Markdown(escape(w.omitted[1]))
}
