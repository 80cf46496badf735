package ops

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// clock is a now that tests turn.
type clock struct{ at time.Time }

func (c *clock) now() time.Time          { return c.at }
func (c *clock) advance(d time.Duration) { c.at = c.at.Add(d) }

func newClock() *clock { return &clock{time.Date(2023, 11, 15, 9, 30, 0, 0, time.UTC)} }

// TestReady follows one part through its states. Each step goes on from the one before.
func TestReady(t *testing.T) {
	c := newClock()
	health := NewHealth(c.now)
	part := health.Part("mailbox helpdesk@corp.example", 5*time.Minute)
	steps := []struct {
		name  string
		do    func()
		ready bool
		page  string
	}{
		{"starting", func() {}, false, "red  mailbox helpdesk@corp.example: has not worked since the start\n"},
		{"cannot start", func() { part.Failed(errors.New("no\nroute")) }, false, "red  mailbox helpdesk@corp.example: has not worked since the start; no route\n"},
		{"works", func() { part.OK("connected") }, true, "ok   mailbox helpdesk@corp.example: connected, last worked 0s ago\n"},
		{"fails for a moment", func() { c.advance(time.Minute); part.Failed(errors.New("connection lost")) }, true, "ok   mailbox helpdesk@corp.example: connected, last worked 1m0s ago; connection lost\n"},
		{"goes on failing", func() { c.advance(5 * time.Minute) }, false, "red  mailbox helpdesk@corp.example: connected, last worked 6m0s ago; connection lost\n"},
		{"works again", func() { part.OK("caught up") }, true, "ok   mailbox helpdesk@corp.example: caught up, last worked 0s ago\n"},
		{"falls silent", func() { c.advance(5*time.Minute + time.Second) }, false, "red  mailbox helpdesk@corp.example: caught up, last worked 5m1s ago\n"},
		{"works after silence", func() { part.OK("caught up") }, true, "ok   mailbox helpdesk@corp.example: caught up, last worked 0s ago\n"},
		{"needs a person", func() { part.Alarm(errors.New("log-in refused")) }, false, "red  mailbox helpdesk@corp.example: caught up, last worked 0s ago; log-in refused\n"},
		{"a retry does not quench the alarm", func() { part.Failed(errors.New("connection lost")) }, false, "red  mailbox helpdesk@corp.example: caught up, last worked 0s ago; connection lost\n"},
		{"mended", func() { part.OK("connected") }, true, "ok   mailbox helpdesk@corp.example: connected, last worked 0s ago\n"},
	}
	for _, step := range steps {
		step.do()
		if ready, page := health.Ready(); ready != step.ready || page != step.page {
			t.Errorf("%s: Ready = %v, %q; want %v, %q", step.name, ready, page, step.ready, step.page)
		}
	}
}

func TestSilenceWithoutPatience(t *testing.T) {
	c := newClock()
	health := NewHealth(c.now)
	health.Part("store", 0).OK("writable")
	c.advance(1000 * time.Hour)
	if ready, page := health.Ready(); !ready {
		t.Errorf("a part that may be silent is red: %s", page)
	}
}

func TestPages(t *testing.T) {
	c := newClock()
	health := NewHealth(c.now)
	mailbox := health.Part("mailbox", time.Minute)
	metrics := NewMetrics(health, "v1.2.3")
	handler := Handler(health, metrics)

	if code, page := get(t, handler, "/healthz"); code != http.StatusOK || page != "ok\n" {
		t.Errorf("/healthz = %d, %q", code, page)
	}
	if code, _ := get(t, handler, "/readyz"); code != http.StatusServiceUnavailable {
		t.Errorf("/readyz = %d before the mailbox worked, want 503", code)
	}
	mailbox.OK("connected")
	if code, page := get(t, handler, "/readyz"); code != http.StatusOK || !strings.Contains(page, "mailbox: connected") {
		t.Errorf("/readyz = %d, %q", code, page)
	}
	if code, _ := get(t, handler, "/"); code != http.StatusNotFound {
		t.Errorf("/ = %d, want 404", code)
	}
}

func TestMetrics(t *testing.T) {
	c := newClock()
	health := NewHealth(c.now)
	health.Part("mailbox", time.Minute).OK("connected")
	health.Part("outbox", time.Minute)
	metrics := NewMetrics(health, "v1.2.3")
	metrics.Mail("helpdesk@imap.corp.example", "open")
	metrics.Mail("helpdesk@imap.corp.example", "open")
	metrics.Intake(30 * time.Millisecond)
	metrics.Outbox(Deferred)
	metrics.Queue(3, c.now())
	c.advance(90 * time.Second)

	_, page := get(t, Handler(health, metrics), "/metrics")
	for _, line := range []string{
		`maildesk_mails_total{source="helpdesk@imap.corp.example",verdict="open"} 2`,
		`maildesk_intake_seconds_bucket{le="0.02"} 0`,
		`maildesk_intake_seconds_bucket{le="0.05"} 1`,
		`maildesk_outbox_total{result="deferred"} 1`,
		`maildesk_outbox_total{result="sent"} 0`,
		`maildesk_outbox_queued 3`,
		`maildesk_outbox_oldest_seconds 90`,
		`maildesk_part_red{part="mailbox"} 1`,
		`maildesk_part_red{part="outbox"} 1`,
		`maildesk_part_worked_timestamp_seconds{part="mailbox"} 1.7000406e+09`,
		`maildesk_build_info{version="v1.2.3"} 1`,
	} {
		if !strings.Contains(page, line+"\n") {
			t.Errorf("/metrics lacks %s", line)
		}
	}
	metrics.Queue(0, time.Time{})
	if _, page := get(t, Handler(health, metrics), "/metrics"); !strings.Contains(page, "maildesk_outbox_oldest_seconds 0\n") {
		t.Error("an empty queue has an age")
	}
}

func get(t *testing.T, handler http.Handler, path string) (int, string) {
	t.Helper()
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
	return answer.Code, answer.Body.String()
}

func TestServe(t *testing.T) {
	health := NewHealth(newClock().now)
	server, err := Serve("127.0.0.1:0", Handler(health, NewMetrics(health, "")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Serve(server.Addr(), nil); err == nil {
		t.Error("an address in use was taken")
	}
	client := http.Client{Timeout: 10 * time.Second}
	defer client.CloseIdleConnections()
	answer, err := client.Get("http://" + server.Addr() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || string(page) != "ok\n" {
		t.Errorf("/healthz = %q, %v", page, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := server.Close(ctx); err != nil {
		t.Errorf("Close: %v", err)
	}
	if _, err := client.Get("http://" + server.Addr() + "/healthz"); err == nil {
		t.Error("a closed server answers")
	}
}
