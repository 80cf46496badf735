package intake_test

import (
	"testing"

	"maildesk/tickets"
)

// What a requester writes after the end, and by what it is known to be about the ticket.
func TestWhatComesAfterTheEnd(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  tickets.Status
		score int
	}{
		{"谢谢！", tickets.Closed, 5},
		{"4", tickets.Closed, 4},
		{"3 有点慢", tickets.Closed, 3},
		{"改成 4 分", tickets.Closed, 4},
		{"3 台电脑又连不上了", tickets.InProgress, 0},
		{"又不行了，和上次一样", tickets.InProgress, 0},
		{"#评价 2 太慢", tickets.Closed, 2},
		{"#未解决", tickets.InProgress, 0},
	} {
		for _, by := range []string{"token", "number"} {
			t.Run(c.text+" by "+by, func(t *testing.T) {
				onTrial(t, func(d *trial) {
					one, _ := ordering(d)
					d.post(passed, "From: "+liwei, "Subject: Re: ["+one+"] x", "", "#解决 密码已重置")
					d.post(passed, "From: "+zhangsan, "Subject: Re: ["+one+"] x", "", "#确认 5")
					header := "X-Nothing: here"
					if by == "token" {
						header = "In-Reply-To: <" + d.newest(one, zhangsan).MessageID + ">"
					}
					got := d.post(passed, "From: "+zhangsan, "Subject: Re: ["+one+"] x", header, "", c.text)
					is := d.find(one)
					score := 0
					if is.Satisfaction != nil {
						score = is.Satisfaction.Score
					}
					if is.Status != c.want || score != c.score {
						t.Errorf("it is %s, rated %d, want %s, %d; %s", is.Status, score, c.want, c.score, got.Reason)
					}
				})
			})
		}
	}
}
