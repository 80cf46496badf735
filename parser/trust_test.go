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
		{"below the entry, as Gmail writes it", entry + pass + outside + from, passed},
		{"no Received at all", pass + from, passed},
		{"forged below the entry, ours above", fail + entry + pass + from, failed},
		{"forged right below ours", entry + fail + pass + from, failed},
		{"forged below a foreign hop", entry + outside + pass + from, Proof{}},
		{"forged with a Received in our name", entry + fail + entry + pass + from, failed},
		{"forged behind a Received in our name only", entry + "X: y\n" + entry + pass + from, Proof{}},
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
