package parser

import "testing"

func TestProof(t *testing.T) {
	const (
		from    = "From: Zhang San <zhangsan@corp.example>\n"
		entry   = "Received: from mail.outside.example (1.2.3.4) by mx.corp.example with ESMTPS; Wed, 15 Nov 2023 09:31:02 +0800\n"
		inner   = "Received: from mx.corp.example by imap.corp.example with LMTP\n"
		outside = "Received: from client.outside.example by mail.outside.example with ESMTPSA\n"
		pass    = "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example; dkim=pass header.d=corp.example; spf=pass smtp.mailfrom=zhangsan@corp.example\n"
		fail    = "Authentication-Results: mx.corp.example; dmarc=fail header.from=corp.example; dkim=none; spf=softfail smtp.mailfrom=x@outside.example\n"
		foreign = "Authentication-Results: mx.outside.example; dmarc=pass header.from=corp.example; dkim=pass header.d=corp.example\n"
	)
	passed := Proof{DMARC: "pass", DKIM: "pass", SPF: "pass", Aligned: true}
	failed := Proof{DMARC: "fail", DKIM: "none", SPF: "softfail"}
	for _, c := range []struct {
		name, header string
		want         Proof
	}{
		{"above the hop that brought it in", pass + entry + outside + from, passed},
		{"above our inner hop", pass + inner + entry + from, passed},
		{"between our inner hop and the entry", inner + pass + entry + from, passed},
		{"right below the entry, which is the sender's", entry + pass + outside + from, Proof{}},
		{"no Received at all", pass + from, passed},
		{"forged below the entry, ours above", fail + entry + pass + from, failed},
		{"forged below a foreign hop", entry + outside + pass + from, Proof{}},
		{"forged with a Received in our name", fail + entry + pass + entry + pass + from, failed},
		{"forged behind a Received in our name only", entry + "X: y\n" + entry + pass + from, Proof{}},
		{"below a hop whose other side says that it is us", fail + "Received: from mx.corp.example (unknown [203.0.113.5]) by mx.corp.example; x\n" + pass + from, failed},
		{"the same, and our server recorded nothing of DMARC", "Authentication-Results: mx.corp.example; spf=none smtp.mailfrom=x@outside.example\nReceived: from mx.corp.example (unknown [203.0.113.5]) by mx.corp.example; x\n" + pass + from, Proof{SPF: "none"}},
		{"past our relay in the private network", "Received: from relay.corp.example (relay.corp.example [10.0.0.5]) by mx.corp.example; x\n" + pass + entry + from, passed},
		{"past the scanner on the same machine", "Received: from localhost (localhost [127.0.0.1]) by mx.corp.example; x\n" + pass + entry + from, passed},
		{"forged by a machine in the private network", fail + "Received: from pc17 (pc17 [10.0.0.17]) by mx.corp.example; x\n" + pass + from, failed},
		{"another server's", foreign + entry + from, Proof{}},
		{"another server's first, ours below", entry + foreign + pass + from, Proof{}},
		{"none", entry + from, Proof{}},
		{"two From addresses", pass + entry + "From: zhangsan@corp.example, boss@corp.example\n", Proof{DMARC: "pass", DKIM: "pass", SPF: "pass"}},
		{"two From fields", pass + entry + from + "From: boss@corp.example\n", Proof{DMARC: "pass", DKIM: "pass", SPF: "pass"}},
		{"DKIM of a subdomain", "Authentication-Results: mx.corp.example; dkim=pass header.d=mail.corp.example\n" + from, Proof{DKIM: "pass", Aligned: true}},
		{"DKIM by identity", "Authentication-Results: mx.corp.example; dkim=pass header.i=@corp.example\n" + from, Proof{DKIM: "pass", Aligned: true}},
		{"DKIM of another domain", "Authentication-Results: mx.corp.example; dkim=pass header.d=outside.example\n" + from, Proof{DKIM: "pass"}},
		{"one of two signatures is aligned", "Authentication-Results: mx.corp.example; dkim=fail header.d=list.example; dkim=pass header.d=corp.example\n" + from, Proof{DKIM: "pass", Aligned: true}},
		{"SPF of another domain", "Authentication-Results: mx.corp.example; spf=pass smtp.mailfrom=x@outside.example\n" + from, Proof{SPF: "pass"}},
		{"DMARC of another From", "Authentication-Results: mx.corp.example; dmarc=pass header.from=outside.example\n" + from, Proof{}},
		{"DMARC with a comment", "Authentication-Results: mx.corp.example; dmarc=pass (p=NONE sp=NONE) header.from=corp.example\n" + from, Proof{DMARC: "pass"}},
		{"version behind the id, id in capitals", "Authentication-Results: MX.corp.example 1; dmarc=pass header.from=corp.example\n" + from, Proof{DMARC: "pass"}},
		{"a server whose name begins like ours", "Authentication-Results: mx.corp.example.evil.example; dmarc=pass header.from=corp.example\n" + from, Proof{}},
		{"public suffix is no organization", "Authentication-Results: mx.corp.example; dkim=pass header.d=example\n" + from, Proof{DKIM: "pass"}},
		{"two milters", "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example\nX-Filter: y\nAuthentication-Results: mx.corp.example; dkim=pass header.d=corp.example\n" + entry + from, Proof{DMARC: "pass", DKIM: "pass", Aligned: true}},
		{"in an attached mail", entry + from + "Content-Type: message/rfc822\n\n" + pass, Proof{}},
		{"garbage", "Authentication-Results: mx.corp.example; ((\nAuthentication-Results:\n" + from, Proof{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := parseString(t, c.header+"\nText.\n", Options{AuthservID: "mx.corp.example"})
			if m.Proof != c.want {
				t.Errorf("proof %+v, want %+v", m.Proof, c.want)
			}
			if trusted := parseString(t, c.header+"\nText.\n", Options{}); trusted.Proof != (Proof{}) {
				t.Errorf("proof %+v without an authserv-id", trusted.Proof)
			}
		})
	}
}

// Google writes its results below the hop that brought the mail in.
func TestProofOfGoogle(t *testing.T) {
	const (
		entry = "Received: from mail.corp.example (mail.corp.example [203.0.113.5]) by mx.google.com with ESMTPS; x\n"
		pass  = "Authentication-Results: mx.google.com; dmarc=pass header.from=corp.example\n"
		from  = "From: Zhang San <zhangsan@corp.example>\n"
	)
	for name, c := range map[string]struct {
		header string
		want   string
	}{
		"below the entry":           {"Received: by 2002:a05:6402:10 with SMTP id x; x\n" + entry + pass + from, "pass"},
		"further down it is forged": {entry + "Received: from a by b; x\n" + pass + from, ""},
	} {
		m := parseString(t, c.header+"\nbody\n", Options{AuthservID: "mx.google.com"})
		if m.Proof.DMARC != c.want {
			t.Errorf("%s: DMARC %q, want %q", name, m.Proof.DMARC, c.want)
		}
	}
}
