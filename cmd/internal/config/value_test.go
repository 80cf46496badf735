package config

import (
	"testing"
	"time"
)

func TestParseDuration(t *testing.T) {
	tests := []struct {
		text string
		want time.Duration // 0: refused
	}{
		{"1s", time.Second},
		{"90s", 90 * time.Second},
		{"5m", 5 * time.Minute},
		{"7d", 7 * 24 * time.Hour},
		{"1d12h", 36 * time.Hour},
		{"1000ms", time.Second},
		{"", 0},
		{"0s", 0},
		{"0d", 0},
		{"-5m", 0},
		{"2d-49h", 0},
		{"999ms", 0},
		{"7", 0},
		{"7 d", 0},
		{"12h1d", 0},
		{"99999d", 99999 * 24 * time.Hour},
		{"999999d", 0},
	}
	for _, test := range tests {
		got, err := parseDuration(test.text)
		if got != test.want || (err == nil) != (test.want != 0) {
			t.Errorf("parseDuration(%q) = %v, %v; want %v", test.text, got, err, test.want)
		}
	}
}

func TestParseSize(t *testing.T) {
	tests := []struct {
		text string
		want int64 // 0: refused
	}{
		{"40MiB", 40 << 20},
		{"50MB", 50_000_000},
		{"16 KiB", 16 << 10},
		{"1048576", 1 << 20},
		{"40 elephants", 0},
		{"-1MB", 0},
		{"", 0},
		{"9EiB", 0},
	}
	for _, test := range tests {
		got, err := parseSize(test.text)
		if got != test.want || (err == nil) != (test.want != 0) {
			t.Errorf("parseSize(%q) = %d, %v; want %d", test.text, got, err, test.want)
		}
	}
}

func TestParseEndpoint(t *testing.T) {
	tests := []struct {
		url  string
		want Endpoint
	}{
		{"imaps://imap.corp.example", Endpoint{Host: "imap.corp.example", Port: 993, Security: TLS}},
		{"imap://imap.corp.example/", Endpoint{Host: "imap.corp.example", Port: 143, Security: StartTLS}},
		{"imaps://imap.corp.example:10993", Endpoint{Host: "imap.corp.example", Port: 10993, Security: TLS}},
		{"imap+insecure://127.0.0.1:10143", Endpoint{Host: "127.0.0.1", Port: 10143, Security: Plaintext}},
		{"imap+insecure://[::1]", Endpoint{Host: "::1", Port: 143, Security: Plaintext}},
		{"imap+insecure://localhost", Endpoint{Host: "localhost", Port: 143, Security: Plaintext}},
		{"imap+insecure://127.0.0.1.evil.example", Endpoint{}},
		{"imaps://imap.corp.example:0", Endpoint{}},
		{"imaps:///INBOX", Endpoint{}},
		{"imaps://imap.corp.example/INBOX", Endpoint{}},
		{"imap.corp.example:993", Endpoint{}},
	}
	for _, test := range tests {
		got, err := parseEndpoint(test.url, imapSchemes)
		if got.URL != nil && got.URL.String() != test.url {
			t.Errorf("parseEndpoint(%q) keeps %s", test.url, got.URL)
		}
		got.URL = nil
		if got != test.want || (err == nil) != (test.want.Host != "") {
			t.Errorf("parseEndpoint(%q) = %+v, %v; want %+v", test.url, got, err, test.want)
		}
	}
}

func TestParseAddress(t *testing.T) {
	tests := []struct{ text, want string }{
		{"helpdesk@corp.example", "helpdesk@corp.example"},
		{"Help.Desk+it@CORP.example", "Help.Desk+it@corp.example"},
		{"root@localhost", "root@localhost"},
		{"helpdesk", ""},
		{"<helpdesk@corp.example>", ""},
		{"helpdesk@corp_example", ""},
		{"helpdesk@[127.0.0.1]", ""},
		{" helpdesk@corp.example", ""},
	}
	for _, test := range tests {
		got, err := parseAddress(test.text)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("parseAddress(%q) = %q, %v; want %q", test.text, got, err, test.want)
		}
	}
}

func TestSuggest(t *testing.T) {
	tests := []struct{ word, want string }{
		{"adress", "address"},
		{"Address", "address"},
		{"iamp", "imap"},
		{"fr", ""},
		{"xylophone", ""},
	}
	for _, test := range tests {
		if got := suggest(test.word, []string{"address", "imap", "zh"}); got != test.want {
			t.Errorf("suggest(%q) = %q, want %q", test.word, got, test.want)
		}
	}
}
