package intake_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"maildesk/parser"
	"maildesk/tickets/intake"
)

// A decision is made again in the desk's own zone, summer time and all.
func TestReplayAcrossTheChangeOfSummerTime(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	for _, text := range []string{"#status", "#due 2024-04-02 18:00"} {
		t.Run(text, func(t *testing.T) {
			onTrial(t, func(d *trial) {
				d.Policy.Zone = zone
				d.now = time.Date(2023, 10, 28, 10, 0, 0, 0, zone)
				one, _ := ordering(d)
				d.now = d.now.Add(72 * time.Hour)
				got := d.post(passed, "From: "+liwei, "Subject: Re: ["+one+"] x", "", text)
				raw := d.raw[got.id]
				again, err := intake.Replay(io.NewSectionReader(strings.NewReader(raw), 0, int64(len(raw))),
					parser.Options{Prefix: "IT", AuthservID: "mx.corp.example"}, d.ledger(got.id))
				if err != nil {
					t.Fatal(err)
				}
				then, _ := json.Marshal(again.Then)
				now, _ := json.Marshal(again.Now)
				if string(then) != string(now) {
					t.Errorf("decided again it is\n%s\nnot\n%s", now, then)
				}
			})
		})
	}
}
