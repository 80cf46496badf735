package dsn

import "testing"

func header(fields map[string]string) func(string) []string {
	return func(name string) []string {
		if v, ok := fields[name]; ok {
			return []string{v}
		}
		return nil
	}
}

func TestReadStandard(t *testing.T) {
	in := Input{
		Header:     header(map[string]string{"From": "MAILER-DAEMON@mx.corp.example", "Subject": "Undelivered Mail Returned to Sender"}),
		ReportType: "delivery-status",
		Status: []byte("Reporting-MTA: dns; mx.corp.example\n\nFinal-Recipient: rfc822; zhangsan@corp.example\nAction: failed\n" +
			"Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n"),
		Original: []byte("Message-ID: <a1@corp.example>\nTo: zhangsan@corp.example\n\nbody"),
	}
	got, ok := Read(in)
	want := Report{Recipient: "zhangsan@corp.example", Action: "failed", Status: "5.1.1", MessageID: "a1@corp.example"}
	want.Evidence = got.Evidence
	if !ok || got != want {
		t.Errorf("Read = %+v, %v, want %+v", got, ok, want)
	}
}
