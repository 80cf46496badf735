package templates

import "maildesk/tickets"

// words are what the layout itself says in a language.
type words struct {
	tag       string // BCP 47, for lang attributes
	fonts     string
	noSubject Text
	status    map[tickets.Status]string
}

var languages = map[tickets.Language]words{
	tickets.Chinese: {
		tag: "zh-CN", noSubject: "（无主题）",
		fonts: "-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif",
		status: map[tickets.Status]string{
			tickets.New:             "新建",
			tickets.Assigned:        "已指派",
			tickets.InProgress:      "处理中",
			tickets.Waiting:         "待反馈人补充",
			tickets.PendingApproval: "待审批",
			tickets.Resolved:        "已解决待确认",
			tickets.Confirmed:       "已确认",
			tickets.Closed:          "已关闭",
			tickets.Cancelled:       "已取消",
			tickets.Merged:          "已合并",
		},
	},
	tickets.English: {
		tag: "en", noSubject: "(no subject)",
		fonts: "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif",
		status: map[tickets.Status]string{
			tickets.New:             "New",
			tickets.Assigned:        "Assigned",
			tickets.InProgress:      "In progress",
			tickets.Waiting:         "Waiting for you",
			tickets.PendingApproval: "Pending approval",
			tickets.Resolved:        "Resolved, please confirm",
			tickets.Confirmed:       "Confirmed",
			tickets.Closed:          "Closed",
			tickets.Cancelled:       "Cancelled",
			tickets.Merged:          "Merged",
		},
	},
}
