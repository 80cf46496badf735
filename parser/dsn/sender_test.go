package dsn

import "testing"

// Each alternative of the forms is found: none lacks its word in the list by which texts are passed over.
func TestSenderForms(t *testing.T) {
	for _, c := range []struct {
		name  string
		match func(string) bool
		texts []string
	}{
		{"daemon", daemonForm.MatchString, []string{
			"<mailer-daemon@corp.example>", "mailer_daemon", "mail.daemon@corp.example", "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e@corp.example",
		}},
		{"role", roleForm.MatchString, []string{
			"postmaster@corp.example", "<post-master@corp.example>", "mail delivery subsystem", "mail deliver system", "mail deliverer service", "mail.delivery.system",
			"email delivery", "internet mail delivery", "mail administrator", "mail system administrator", "system administrator", "mail server",
			"delivery notification", "mmsc ndr", "microsoft outlook", "interscan", "系统管理员", "邮件系统", "系统退信", "邮件投递", "邮局管理员", "システム管理者",
			"administrateur système",
		}},
		{"robot", robotForm.MatchString, []string{
			"no-reply@corp.example", "<desk.noreply@corp.example>", "donotreply@corp.example", "bounce@corp.example", "bounces+1@corp.example", "it-admin@corp.example",
			"it-owner@corp.example", "it-request@corp.example", "it-bounces@corp.example", "owner-it@corp.example", "majordomo@corp.example",
			"listserv@corp.example", "mdaemon@corp.example", "sysadmin@corp.example",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, text := range c.texts {
				if !c.match(text) {
					t.Errorf("%q is not found", text)
				}
			}
			if text := "张三 <zhangsan@corp.example>"; c.match(text) {
				t.Errorf("%q is found", text)
			}
		})
	}
}
