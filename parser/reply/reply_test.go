package reply

import "testing"

func TestNewTextIsNeverEmptyWhenTextIsNot(t *testing.T) {
	for _, text := range []string{"> quoted", "-- \n张三", "发自我的iPhone", "From: a@corp.example\nSent: 2023-11-15 09:30\nSubject: x", "On Wed, Nov 15, 2023 at 9:30 AM 张三 <zhangsan@corp.example> wrote:\n> x", "---", "· IT20231115001 · x"} {
		if p := Read(text).Split(); p.New == "" {
			t.Errorf("Split(%q) has no new text: %+v", text, p)
		}
	}
}
