package auto

import "strings"

// receiptPrefixes are how Outlook begins the subject of a receipt that it sends as plain mail.
var receiptPrefixes = []string{
	"read:", "not read:", "已读:", "已读：", "未读:", "未读：", "已讀:", "未讀:", "gelesen:", "ungelesen:", "lu:", "lu :", "leído:",
	"lido:", "letto:", "gelezen:", "прочтено:", "開封済み:", "읽음:",
}

// receipts are what such a receipt says.
var receipts = []string{
	"was read on", "was deleted without being read", "was displayed on", "已于", "阅读", "被删除", "讀取", "wurde gelesen",
	"gelesen am", "a été lu", "fue leído", "ha sido leído", "foi lida", "è stato letto", "is gelezen", "было прочитано",
	"開封",
}

// byReceipt knows a read receipt that is not marked as a report.
func byReceipt(f Facts) (string, string) {
	s := f.lower("Subject")
	for _, p := range receiptPrefixes {
		if strings.HasPrefix(s, p) && containsAny(strings.ToLower(f.Text), receipts) {
			return AutoReply, "a read receipt by its subject and text"
		}
	}
	return "", ""
}
