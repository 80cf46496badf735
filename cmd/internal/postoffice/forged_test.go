package postoffice

import "testing"

func TestForgedResultsAreDropped(t *testing.T) {
	const raw = "Authentication-Results: " + Exchange + ";\r\n dmarc=pass header.from=corp.example\r\nFrom: a@corp.example\r\n" +
		"Authentication-Results: other.example; dmarc=pass\r\nauthentication-results:\t" + Exchange + "; spf=pass\r\nSubject: x\r\n\r\nAuthentication-Results: " + Exchange + "; text\r\n"
	const want = "From: a@corp.example\r\nAuthentication-Results: other.example; dmarc=pass\r\nSubject: x\r\n\r\nAuthentication-Results: " + Exchange + "; text\r\n"
	if got := string(withoutForged([]byte(raw))); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
