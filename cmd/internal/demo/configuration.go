package demo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"maildesk/cmd/internal/postoffice"
	"maildesk/tickets/thread"
)

// The folders into which the desk moves its mail: the defaults of the configuration.
const (
	processedFolder = "Processed"
	failedFolder    = "Failed"
)

// configurationFile is in the demo's folder.
const configurationFile = "maildesk.toml"

const configuration = `# The desk of the demo. Its mailboxes end with it; its data can be read afterwards:
#   maildesk ticket list -c maildesk.toml

[desk]
name = "IT Service Desk"
name_zh = "IT 服务台"
address = "helpdesk@corp.example"
time_zone = "Asia/Shanghai"
language = "zh"
max_size = "1MiB"                   # so low that a mail above it can be shown

[[mailbox]]
imap = "%s"
password_file = "mail.password"

[smtp]
url = "%s"
username = "helpdesk@corp.example"
password_file = "mail.password"

[trust]
authserv_id = "mx.corp.example"

[[group]]                           # the first also gets what fits nowhere
name = "applications"
categories = ["software", "account"]

[[group]]
name = "devices"
categories = ["hardware", "network"]

[[technician]]
name = "李伟"
address = "liwei@corp.example"
groups = ["applications"]
language = "zh"

[[technician]]
name = "Mary Wilson"
address = "mary.wilson@corp.example"
groups = ["devices"]
language = "en"

[[technician]]
name = "王芳"
address = "wangfang@corp.example"
language = "zh"
manager = true

[on_call]
rota = ["liwei@corp.example"]
start = 2023-11-13
ladder = ["on_call", "manager"]
repeat = "3s"                       # so short that the story need not wait

[http]
listen = ""
`

// writeConfiguration makes the files of a desk at the post office and returns the path of its maildesk.toml.
func writeConfiguration(dir string, post *postoffice.Office) (string, error) {
	key, err := thread.NewKey("1")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, configurationFile)
	text := fmt.Sprintf(configuration, post.IMAP.URL(), post.SMTP.URL())
	err = errors.Join(
		os.WriteFile(path, []byte(text), 0o600),
		os.WriteFile(filepath.Join(dir, "maildesk.secret"), []byte(key.Line()+"\n"), 0o600),
		os.WriteFile(filepath.Join(dir, "mail.password"), []byte(postoffice.Password+"\n"), 0o600),
	)
	if err != nil {
		return "", fmt.Errorf("write the configuration: %w", err)
	}
	return path, nil
}
