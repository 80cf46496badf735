package dsn

import "testing"

// TestReadWordings goes through the ways in which mail systems without the standard form name the recipient and the
// cause, one short notice each.
func TestReadWordings(t *testing.T) {
	const a = "zhangsan@corp.example"
	tests := []struct {
		name, from, subject, text string
		action, status            string
	}{
		{"carrier", "no-reply@mobile.example", "Mail System Error - Returned Mail",
			"Your mail sent on: Wed, 15 Nov 2023 09:30:00 +0800\nCould not be delivered to: <" + a + ">\nAs their mailbox is full.\n", failed, "5.2.2"},
		{"attempts", "Postmaster@corp.example", "Message could not be sent",
			"Your message could not be sent.\nThe number of attempts made: 1\nAddressed To: " + a + "\n\nFailed to send to identified host,\n" + a + ": [127.0.0.1], 550 " + a + "... No such user\n", failed, "5.1.1"},
		{"gateway", "MAILER-DAEMON@gw.corp.example", "Message delivery has failed",
			"Unable to deliver message to: <" + a + ">\nDelivery failed for the following reason:\nServer mx.corp.example[127.0.0.1] failed with: 550 <" + a + "> No such user here\n\nThis has been a permanent failure.\n", failed, "5.1.1"},
		{"scanner", `"InterScan Messaging" <imss@corp.example>`, "Mail could not be delivered",
			"Sent <<< RCPT TO:<" + a + ">\nReceived >>> 550 5.1.1 <" + a + ">... user unknown\nCould not deliver mail to this user.\n", failed, "5.1.1"},
		{"brackets", `"Mail Deliver System" <mailer-daemon@corp.example>`, "Returned Mail: " + a,
			"The original message was received at Wed, 15 Nov 2023 09:30:00 +0800\nfrom helpdesk@corp.example\n\n---The following addresses had delivery errors---\n\n" + a + " [User unknown]\n", failed, "5.1.1"},
		{"reason lines", "MAILER-DAEMON@corp.example", "Delivery failure",
			"Message from corp.example.\nUnable to deliver message to the following address(es).\n\n<" + a + ">:\nThis account is over quota.\n\n<liwei@corp.example>:\nUser unknown.\n", failed, "5.2.2"},
		{"groupware", "Mailer-Daemon@corp.example", "Message status - undeliverable",
			"The message that you sent was undeliverable to the following:\n\tzhangsan (" + a + ") 550 5.7.1 denied by policy\n", failed, "5.7.1"},
		{"courier", `"Courier mail server at corp.example" <postmaster@corp.example>`, "NOTICE: mail delivery status.",
			"This is a delivery status notification from mail.corp.example.\n\nUNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<" + a + ">:\n    mx.corp.example [127.0.0.1]:\n>>> RCPT TO:<" + a + ">\n<<< 550 5.2.1 Mailbox disabled\n", failed, "5.2.1"},
		{"webmail", "Mail Delivery Subsystem <mailer-daemon@corp.example>", "Delivery Status Notification (Delay)",
			"** Delivery incomplete **\n\nThere was a temporary problem delivering your message to " + a + ". We'll retry for 47 more hours.\n", delayed, "4.0.0"},
		{"German", "Mail Delivery System <MAILER-DAEMON@corp.example>", "Unzustellbar: VPN",
			"Ihre Nachricht wurde nicht zugestellt an:\n\n" + a + "\n550 Requested action not taken: mailbox unavailable\n", failed, "5.0.0"},
		{"Japanese", "MAILER-DAEMON@corp.example", "配信エラー",
			"以下のメールアドレスへの送信に失敗しました。\n" + a + "\n\n550 5.1.1 User unknown\n", failed, "5.1.1"},
		{"enterprise mail", "postmaster@corp.example", "来自postmaster@corp.example的退信",
			"您好，您的邮件被退回。\n\n收件人：" + a + "\n退信原因：550 5.7.1 邮件内容被拒绝\n", failed, "5.7.1"},
		{"cloud mail", `"MAILER-DAEMON" <postmaster@corp.example>`, "【退信提醒】VPN",
			"邮件投递到 " + a + " 失败。\n原因：域名不存在\n", failed, "5.1.2"},
		{"relayed", "postmaster@corp.example", "Relayed: VPN",
			"Delivery to these recipients or groups is complete, but no delivery notification was sent by the destination server:\n\n" + a + "\n", relayed, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := Read(Input{
				Header: header(map[string]string{"From": tt.from, "Subject": tt.subject, "To": "helpdesk@corp.example"}), Text: tt.text,
			})
			if !ok {
				t.Fatal("not told as a report")
			}
			if got.Recipient != a || got.Action != tt.action || got.Status != tt.status {
				t.Errorf("Read = %+v, want %s %s %s", got, a, tt.action, tt.status)
			}
		})
	}
}
