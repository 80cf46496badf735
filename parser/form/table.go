package form

import (
	"strings"

	"maildesk/tickets/thread"
)

// hasBars reports what parts the cells of a row: bars, or tabs.
func hasBars(line string) bool {
	return strings.IndexByte(line, '|') >= 0 || strings.IndexByte(line, '\t') >= 0 || strings.Contains(line, "｜")
}

// cells are those of a table row, as text has them: between bars, or tabs.
func cells(line string) []string {
	line = strings.TrimLeft(line, "> \u00a0")
	bar := "|"
	if strings.Contains(line, "｜") {
		line = strings.ReplaceAll(line, "｜", "|")
	} else if !strings.Contains(line, "|") {
		bar = "\t"
	}
	list := strings.Split(strings.Trim(line, " "+bar), bar)
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// cutRow reads a row of labels and values side by side: 反馈人 | 张三 | 所属部门 | 市场部. A value may have bars itself.
func cutRow(line string) []cut {
	var cuts []cut
	for _, cell := range cells(line) {
		f := labelCell(cell)
		switch {
		case f != nil:
			cuts = append(cuts, cut{field: f})
		case len(cuts) == 0:
			return nil
		case cuts[len(cuts)-1].value == "":
			cuts[len(cuts)-1].value = cell
		default:
			cuts[len(cuts)-1].value += " | " + cell
		}
	}
	return cuts
}

func labelCell(cell string) *field {
	if cell == "" || len(cell) > longestLabel {
		return nil
	}
	return fieldOf(strings.TrimRight(cell, " *_"+colons))
}

// columns are the fields of a table's head, whose values stand in the rows below: at least two labels and nothing else.
func columns(row []cut) []*field {
	if len(row) < 2 {
		return nil
	}
	head := make([]*field, 0, len(row))
	for _, c := range row {
		if c.value != "" {
			return nil
		}
		head = append(head, c.field)
	}
	return head
}

// cutColumns reads the row below a table's head; nil when it is none.
func cutColumns(head []*field, line string) []cut {
	if len(head) == 0 || !hasBars(line) {
		return nil
	}
	values := cells(line)
	if len(values) != len(head) {
		return nil
	}
	row := make([]cut, 0, len(head))
	for i, value := range values {
		if labelCell(value) != nil {
			return nil
		}
		row = append(row, cut{head[i], value})
	}
	return row
}

// isRule reports the line that Markdown draws below a table's head: |---|:--:|.
func isRule(line string) bool {
	if !strings.Contains(line, "--") && !strings.Contains(line, "－") {
		return false // nearly every line: it need not be folded
	}
	line = thread.Fold(line)
	return strings.Contains(line, "--") && strings.Trim(line, "> |:-\t") == ""
}
